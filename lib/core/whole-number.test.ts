import { parse } from "lossless-json";
import { expect, test } from "vitest";
import { wholeNumber, wholeNumberOrText, wholeNumberText } from "./whole-number";

const inBody = wholeNumber({ min: 0, max: 1_000 });
const inQuery = wholeNumberText({ min: 1, max: 100 });
const message = (max: number, min = 0) => [{ message: `must be a whole number from ${min} to ${max}` }];

test.each([
  ["0", 0],
  ["1000", 1_000],
  ["1.0", 1],
  ["1e2", 100],
])("%s in a body is taken, whichever parser read it", (text, number) => {
  expect(inBody.parse(parse(text))).toBe(number);
  expect(inBody.parse(JSON.parse(text))).toBe(number);
});

test.each([
  "-1",
  "1001",
  "1.5",
  "1e400",
  "-1e400",
  "0.1",
  '"5"',
  '""',
  "true",
  "null",
  "[]",
  "[5]",
  "{}",
  '{"valueOf":5}',
])("%s in a body is refused", (text) => {
  for (const value of [parse(text), JSON.parse(text)])
    expect(inBody.safeParse(value).error?.issues).toMatchObject(message(1_000));
});

test("a limit that is not from 0 on holds to the number", () => {
  const atLeast = wholeNumber({ min: 5, max: 10 });
  expect([4, 5, 10, 11].map((value) => atLeast.safeParse(value).success)).toEqual([false, true, true, false]);
});

test.each([
  ["1", 1],
  ["42", 42],
  ["100", 100],
])("%s in a query is taken", (text, number) => {
  expect(inQuery.parse(text)).toBe(number);
});

test("0 in a query is taken if the number may be 0", () => {
  expect(wholeNumberText({ min: 0, max: 5 }).parse("0")).toBe(0);
});

test.each(["0", "101", "01", "+1", "-1", "1.0", "1e1", " 1", "1 ", "0x1", "1x", "x1", "", "1000000000"])(
  "%j in a query is refused",
  (text) => {
    expect(inQuery.safeParse(text).error?.issues).toMatchObject(message(100, 1));
  },
);

test.each(["5.00000000000000000000001", "1e-400"])(
  "%s is not whole, whatever JavaScript makes of it",
  (text) => {
    expect(inBody.safeParse(parse(text)).error?.issues).toMatchObject(message(1_000));
  },
);

test("a number that a query has twice is refused", () => {
  for (const list of [["5"], ["5", "5"]]) expect(inQuery.safeParse(list).success).toBe(false);
});

test("a number that may come in a query or in a body is taken from both", () => {
  const either = wholeNumberOrText({ min: 0, max: 100 });
  expect([either.parse("42"), either.parse(42), either.parse(parse("42"))]).toEqual([42, 42, 42]);
  for (const wrong of ["x", "1.5", parse("1e400"), parse("1.5"), 101, "101", true, {}])
    expect(either.safeParse(wrong).error?.issues).toMatchObject(message(100));
});
