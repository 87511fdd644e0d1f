import { parse as parseLossless } from "lossless-json";
import { expect, test } from "vitest";
import { z } from "zod";
import { parseInput, queryInput } from "./parse-input";

const schema = z.strictObject({
  name: z.string().min(1, "must not be empty"),
  tags: z.array(z.strictObject({ id: z.number() })).default([]),
  flags: z.strictObject({ on: z.boolean() }).optional(),
  headers: z.record(z.string().regex(/^x-/, "must start with x-"), z.string()).default({}),
});

test.each([
  [{}, "name: is missing; it must be a string"],
  [{ name: 5 }, "name: must be a string"],
  [{ name: null }, "name: must be a string"],
  [{ name: "" }, "name: must not be empty"],
  [{ name: "a", tags: {} }, "tags: must be a list"],
  [{ name: "a", tags: [{ id: 1 }, { id: "1" }] }, "tags.1.id: must be a number"],
  [{ name: "a", tags: [{ id: 1, ids: 1 }] }, "tags.0.ids: is not a field of this request"],
  [{ name: "a", headers: { y: "1" } }, "headers.y: must start with x-"],
  [[1], "must be a JSON object"],
  [{ name: "a", flags: { on: 1 } }, "flags.on: must be true or false"],
  [{ name: "a", headers: [] }, "headers: must be a JSON object"],
  [{ surname: "a" }, "name: is missing; it must be a string; surname: is not a field of this request"],
])("%j is refused with what is wrong and where: %s", (value, message) => {
  expect(() => parseInput(schema, value)).toThrow(message);
});

test.each([
  ["5", ""],
  ['{"name":"a","flags":5}', "flags"],
  ['{"name":"a","tags":[{"id":1.0},1e400]}', "tags.1"],
])("in %s a number in place of an object gets one error", (text, path) => {
  const errors = [{ path, message: "must be a JSON object" }];
  const tags = z.array(z.strictObject({ id: z.unknown() })).default([]);
  expect(() => parseInput(schema.extend({ tags }), parseLossless(text))).toThrow(
    expect.objectContaining({ extra: { errors } }),
  );
});

test("an object that has the fields of such a number is one like any other", () => {
  const value = parseLossless('{"value":"5","isLosslessNumber":true}');
  const errors = ["value", "isLosslessNumber"].map((path) => ({
    path,
    message: "is not a field of this request",
  }));
  expect(() => parseInput(z.strictObject({}), value)).toThrow(expect.objectContaining({ extra: { errors } }));
});

test("what the schema takes comes back with its defaults", () => {
  expect(parseInput(schema, { name: "a" })).toEqual({ name: "a", tags: [], headers: {} });
});

const query = z.strictObject({
  q: z.string().max(5, "must be at most 5 characters").optional(),
  limit: z.string().regex(/^\d+$/, "must be a number").default("50"),
  type: z.union([z.string(), z.array(z.string()).max(2, "must be at most 2")]).optional(),
  status: z.array(z.string().min(2, "must be at least 2 characters")).max(2, "must be at most 2").optional(),
});
const parse = (text: string) => parseInput(query, queryInput(new URLSearchParams(text)));

test("a parameter that repeats is a list, and one that occurs once is not", () => {
  expect(parse("q=a&type=x&type=y")).toEqual({ q: "a", limit: "50", type: ["x", "y"] });
  expect(parse("q=&limit=5&type=x")).toEqual({ q: "", limit: "5", type: "x" });
});

test.each([
  ["q=1&q=2", "q", "must be given only once"],
  ["limit=1&limit=2", "limit", "must be given only once"],
  ["limit=x", "limit", "must be a number"],
  ["q=123456", "q", "must be at most 5 characters"],
  ["status=aa&status=bb&status=cc", "status", "must be at most 2"],
  ["status=aa&status=b", "status.1", "must be at least 2 characters"],
  ["none=1", "none", "is not a field of this request"],
  ["none=1&none=2", "none", "is not a field of this request"],
  ["__proto__=1", "__proto__", "is not a field of this request"],
])("the query %s is refused: %s %s", (text, path, message) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ extra: { errors: [{ path, message }] } }));
});
