import { expect, test } from "vitest";
import { gather, type Outcome, TooMuchWaiting } from "./gather";

type Request = { lane: string; text: string };

/** A gatherer whose groups end when a test says so. */
function open(
  limits: { requests?: number; size?: number; groupsMax?: number; waitingSizeMax?: number } = {},
) {
  const groups: { texts: string[]; end: (error?: Error) => Promise<void> }[] = [];
  const alone: string[] = [];
  const run = gather<Request, string>({
    laneOf: ({ lane }) => lane,
    sizeOf: ({ text }) => text.length,
    write: (group) =>
      new Promise((resolve, reject) => {
        const outcomes = group.map(
          ({ text }): Outcome<string> =>
            text.startsWith("bad") ? { error: new Error(text) } : { result: `${text} written` },
        );
        groups.push({
          texts: group.map(({ text }) => text),
          end: async (error) => {
            if (error) reject(error);
            else resolve(outcomes);
            await new Promise(setImmediate);
          },
        });
      }),
    writeAlone: async ({ text }, error) => {
      alone.push(text);
      if (text.startsWith("bad")) throw error;
      return `${text} written alone`;
    },
    groupMax: { requests: limits.requests ?? 100, size: limits.size ?? 1_000 },
    groupsMax: limits.groupsMax ?? 10,
    aloneMax: 2,
    waitingSizeMax: limits.waitingSizeMax ?? 1_000,
  });
  return { groups, alone, run: (text: string, lane = "a") => run({ lane, text }) };
}

test("the first request starts at once, and those that come meanwhile share the next group", async () => {
  const { groups, run } = open();
  const first = run("1");
  expect(groups.map(({ texts }) => texts)).toEqual([["1"]]);
  const others = [run("2"), run("3")];
  expect(groups).toHaveLength(1);
  await groups[0]?.end();
  expect(await first).toBe("1 written");
  expect(groups.map(({ texts }) => texts)).toEqual([["1"], ["2", "3"]]);
  await groups[1]?.end();
  expect(await Promise.all(others)).toEqual(["2 written", "3 written"]);
  // The lane is idle again: no group is waited for.
  const last = run("4");
  expect(groups).toHaveLength(3);
  await groups[2]?.end();
  expect(await last).toBe("4 written");
});

test("what is refused in a group is refused by itself", async () => {
  const { groups, alone, run } = open();
  const first = run("1");
  const others = Promise.allSettled([run("2"), run("bad"), run("3")]);
  await groups[0]?.end();
  await groups[1]?.end();
  await first;
  expect(await others).toEqual([
    { status: "fulfilled", value: "2 written" },
    { status: "rejected", reason: new Error("bad") },
    { status: "fulfilled", value: "3 written" },
  ]);
  expect(alone).toEqual([]);
});

test("a group that fails is written request by request, and one that fails again fails alone", async () => {
  const { groups, alone, run } = open();
  const first = run("1");
  const others = Promise.allSettled([run("2"), run("bad"), run("3")]);
  await groups[0]?.end();
  await groups[1]?.end(new Error("deadlock"));
  await first;
  expect(await others).toEqual([
    { status: "fulfilled", value: "2 written alone" },
    { status: "rejected", reason: new Error("deadlock") },
    { status: "fulfilled", value: "3 written alone" },
  ]);
  expect(alone.toSorted()).toEqual(["2", "3", "bad"]);
});

test("a lane does not wait for another one", async () => {
  const { groups, run } = open();
  void run("1", "stuck");
  const other = run("2", "free");
  expect(groups.map(({ texts }) => texts)).toEqual([["1"], ["2"]]);
  await groups[1]?.end();
  expect(await other).toBe("2 written");
});

test("lanes take turns if there are more than groups at once", async () => {
  const { groups, run } = open({ groupsMax: 1 });
  const all = [run("1", "a"), run("2", "a"), run("3", "b"), run("4", "a")];
  for (let group = 0; group < 3; group += 1) await groups[group]?.end();
  await Promise.all(all);
  expect(groups.map(({ texts }) => texts)).toEqual([["1"], ["3"], ["2", "4"]]);
});

test("a group holds no more than it may, and what is larger goes by itself", async () => {
  const { groups, run } = open({ requests: 3, size: 10 });
  const all = ["1", "2", "3", "4", "123456", "12345", "x".repeat(20), "5"].map((text) => run(text));
  for (let group = 0; group < 6; group += 1) await groups[group]?.end();
  await Promise.all(all);
  expect(groups.map(({ texts }) => texts.join())).toEqual([
    "1",
    "2,3,4",
    "123456",
    "12345",
    "x".repeat(20),
    "5",
  ]);
});

test("what is more than may wait is turned away, and room is free again once it was written", async () => {
  const { groups, run } = open({ waitingSizeMax: 5 });
  const first = run("1");
  const waiting = run("12345");
  await expect(run("6")).rejects.toBeInstanceOf(TooMuchWaiting);
  await groups[0]?.end();
  const next = run("7");
  await groups[1]?.end();
  await groups[2]?.end();
  expect(await Promise.all([first, waiting, next])).toEqual(["1 written", "12345 written", "7 written"]);
});
