import { expect, test } from "vitest";
import { parseJsonObject } from "./parse-json-object";

test("an object is read", () => {
  expect(parseJsonObject('{"a":[1]}')).toEqual({ ok: true, value: { a: [1] } });
});

test.each([
  ['{\n  "a": 1,\n  "b": nope\n}', 3],
  ['{\n  "a": 1\n  "b": 2\n}', 3],
  ['{\n  "a": 1,\n}', 3],
  ['{\n  "a": {\n', 2],
])("an error is found at its line", (text, line) => {
  expect(parseJsonObject(text)).toMatchObject({ ok: false, line });
});

test.each(["[]", "1", "null", '"a"', "", "  "])("what is no object is refused: %j", (text) => {
  expect(parseJsonObject(text)).toMatchObject({ ok: false });
});
