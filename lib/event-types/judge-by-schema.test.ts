import { expect, test } from "vitest";
import { judgeData, judgeSchema } from "./judge-by-schema";
import { runSchemaJob } from "./run-schema-job";
import { TimedOut } from "./timed-out";

/** Without threads, as here, the judging is the same, on the thread of the test. */
const pattern = (letter: string) => JSON.stringify({ properties: { a: { pattern: `^(${letter}+)+$` } } });
const hostile = (letter: string, length: number) => JSON.stringify({ a: `${letter.repeat(length)}!` });

test("what runs out of time is refused, with the event's place and what to do", async () => {
  const [error] = await judgeData("ws", [
    { schema: "{}", data: "{}", path: "events.0.data" },
    { schema: pattern("a"), data: hostile("a", 60), path: "events.1.data" },
  ]);
  expect(error).toEqual({
    path: "events.1.data",
    message:
      "could not be validated against the schema of its type within 100 ms; send less data, or make the schema simpler",
  });
});

test("what has run out of time is not tried again on half as much data, and still judges less", async () => {
  const check = { schema: pattern("b"), data: hostile("b", 60), path: "data" };
  const first = await judgeData("ws", [check]);
  // Valid data, as long as what ran out of time: only who does not try refuses it.
  expect(await judgeData("ws", [{ ...check, data: `{"a":"${"b".repeat(40)}"}` }])).toEqual(first);
  expect(await judgeData("ws", [{ ...check, data: '{"a":"bb"}' }])).toEqual([]);
  expect(await judgeData("ws", [{ ...check, data: '{"a":"c"}' }])).toMatchObject([{ path: "data.a" }]);
});

test("the number of memoized schemas is bounded, and the oldest are tried again", () => {
  const timedOut = new TimedOut();
  for (let place = 0; place <= 500; place += 1) timedOut.note(`{"const":${place}}`, 10);
  expect(timedOut.has('{"const":0}', 10)).toBe(false);
  expect(timedOut.has('{"const":1}', 10)).toBe(true);
  expect(timedOut.has('{"const":1}', 4)).toBe(false);
});

test("a schema whose references double at each step is stopped, and one that is too large to read is refused", async () => {
  const doubling = Object.fromEntries(
    Array.from({ length: 40 }, (_, step) => [
      `s${step}`,
      { allOf: [{ $ref: `#/$defs/s${step + 1}` }, { $ref: `#/$defs/s${step + 1}` }] },
    ]),
  );
  const schema = JSON.stringify({ $ref: "#/$defs/s0", $defs: { ...doubling, s40: { type: "object" } } });
  expect(await judgeSchema("ws", schema)).toEqual([]);
  expect(runSchemaJob({ data: [{ schema, data: "{}", path: "data" }] })).toEqual({ timedOutAt: 0 });
});
