import { expect, test } from "vitest";
import { parseExactly } from "./parse-exactly";

test.each([
  "{}",
  '{"a":1,"b":[true,null,"x"],"c":{"d":-0.5}}',
  ' {\n\t"a" : 1 ,\r\n "b" : [ 1, 2 ] }\n',
  '{"text":"a \\" b \\\\","more": "\\n { } "}',
  '{"__proto__": 1, "é": "😀"}',
  '"text"',
  "12.5",
])("%s is read as it is", (text) => {
  expect(parseExactly(text)).toEqual(JSON.parse(text));
});

test.each([
  ["a number with a zero too many", '{"a":1.10}'],
  ["a number of more digits than a double has", '{"a":12345678901234567890}'],
  ["a number out of range", '{"a":1e400}'],
  ["a number in another notation", '{"a":1E2}'],
  ["a negative zero", "[-0]"],
  ["a key that stands twice", '{"a":1,"a":2}'],
  ["a key that stands twice, with space to make up for it", '{"a":1,"a":2}'.padEnd(40)],
  ["keys that would be in another order", '{"b":1,"1":2}'],
  ["an escape that need not be", '{"a":"\\u0041"}'],
  ["no JSON", "{a}"],
  ["less than one value", "[1"],
  ["what is nested deeply", "[".repeat(100_000) + "]".repeat(100_000)],
])("%s is left to the lossless parser", (_, text) => {
  expect(parseExactly(text)).toBeUndefined();
});
