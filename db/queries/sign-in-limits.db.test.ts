import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, openDatabase } from "../connection/client";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { countAttempt, deletePastSignInLimits, uncountAttempt } from "./sign-in-limits";

let testDatabase: TestDatabase;
let processes: Connection[];
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  processes = [openDatabase(testDatabase.url), openDatabase(testDatabase.url)];
});
afterAll(async () => {
  await Promise.all(processes.map((one) => one.close()));
  await testDatabase.drop();
});

const limit = { key: "ana", burst: 5, gapSeconds: 60 };

/** What each of some attempts has to wait, that come at once, at two processes in turn. */
async function attempt(count: number, { key } = limit): Promise<(number | null)[]> {
  const attempts = Array.from({ length: count }, (_, at) => {
    const { db } = processes[at % 2] ?? {};
    if (!db) throw new Error("there is no such process");
    return countAttempt(db, { ...limit, key });
  });
  return Promise.all(attempts);
}

test("of sixty attempts at once, at two processes, five pass, one waits, and the others are refused", async () => {
  // Moments are kept to the millisecond, so that a wait may be some of them.
  const waits = (await attempt(60)).map((wait) => wait && Math.floor(wait));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
  const waiting = waits.filter((wait) => wait !== null && wait > 0);
  expect(waiting).toHaveLength(1);
  expect(waiting[0]).toBeLessThanOrEqual(limit.gapSeconds);
  expect(waits.filter((wait) => wait === null)).toHaveLength(54);
});

test("attempts at a thousand others leave what was counted as it is", async () => {
  await attempt(10);
  for (let other = 0; other < 1_000; other += 100) {
    await Promise.all(Array.from({ length: 100 }, (_, at) => attempt(1, { ...limit, key: `${other + at}` })));
  }
  expect(await attempt(1)).toEqual([null]);
});

test("an attempt that is taken back leaves room for the next", async () => {
  const key = "ben";
  for (let round = 0; round < 20; round += 1) {
    const [wait] = await attempt(1, { ...limit, key });
    expect(wait).toBeLessThan(1);
    for (const { db } of processes.slice(0, 1)) await uncountAttempt(db, [{ ...limit, key }]);
  }
});

test("rows that say nothing more are deleted, and those that limit are not", async () => {
  const [one] = processes;
  if (!one) throw new Error("there is no process");
  await attempt(7, { ...limit, key: "carl" });
  await countAttempt(one.db, { key: "past", burst: 5, gapSeconds: -1 });
  await deletePastSignInLimits(one.db);
  const rows = await one.sql<{ key: string }[]>`select key from sign_in_limits where key in ('carl', 'past')`;
  expect(rows.map(({ key }) => key)).toEqual(["carl"]);
  expect(await attempt(1, { ...limit, key: "carl" })).toEqual([null]);
});
