import { expect, test } from "vitest";
import { z } from "zod";
import { parseInput } from "./parse-input";

const schema = z.strictObject({
  name: z.string().min(1, "must not be empty"),
  tags: z.array(z.strictObject({ id: z.number() })).default([]),
  headers: z.record(z.string().regex(/^x-/, "must start with x-"), z.string()).default({}),
});

test.each([
  [{}, "name: is missing"],
  [{ name: 5 }, "name: must be a string"],
  [{ name: null }, "name: must be a string"],
  [{ name: "" }, "name: must not be empty"],
  [{ name: "a", tags: {} }, "tags: must be a list"],
  [{ name: "a", tags: [{ id: 1 }, { id: "1" }] }, "tags.1.id: must be a number"],
  [{ name: "a", tags: [{ id: 1, ids: 1 }] }, "tags.0.ids: is not a field of this request"],
  [{ name: "a", headers: { y: "1" } }, "headers.y: must start with x-"],
  [[1], "must be a JSON object"],
  [{ surname: "a" }, "name: is missing; surname: is not a field of this request"],
])("%j is refused with what is wrong and where: %s", (value, message) => {
  expect(() => parseInput(schema, value)).toThrow(message);
});

test("what the schema takes comes back with its defaults", () => {
  expect(parseInput(schema, { name: "a" })).toEqual({ name: "a", tags: [], headers: {} });
});
