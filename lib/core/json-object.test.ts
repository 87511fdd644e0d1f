import { parse } from "lossless-json";
import { expect, test } from "vitest";
import { z } from "zod";
import { findTooDeep } from "./json-depth";
import { jsonObject } from "./json-object";
import { parseInput } from "./parse-input";

test.each(["{}", '{"a":null}', '{"__proto__":{"a":1}}', '{"a":[null,1.0,"x",{"b":[]}]}'])(
  "%s is taken, and handed on as it is",
  (text) => {
    const value = parse(text);
    expect(jsonObject.parse(value)).toBe(value);
  },
);

test.each(["null", "[]", "[{}]", '"{}"', "1", "true"])("%s is no JSON object", (text) => {
  const { error } = jsonObject.safeParse(parse(text));
  expect(error?.issues.map(({ message }) => message)).toEqual(["must be a JSON object"]);
});

test("what is missing is said to be missing, and what it must be", () => {
  expect(() => parseInput(z.object({ data: jsonObject }), {})).toThrow(
    "data: is missing; it must be a JSON object",
  );
});

test("what is nested too deeply is found by the keys that lead there, whatever else there is beside it", () => {
  const deep = `${"[".repeat(99)}1${"]".repeat(99)}`;
  expect(findTooDeep(parse(`{"a":null,"b":${deep}}`))).toBeNull();
  const keys = findTooDeep(parse(`{"a":null,"b":{"c":${deep}},"d":"x"}`));
  expect(keys?.slice(0, 3)).toEqual(["b", "c", "0"]);
  expect(keys).toHaveLength(100);
});

test.each(["null", "1", '"x"', "true"])("%s alone is not nested", (text) => {
  expect(findTooDeep(parse(text))).toBeNull();
});
