import { expect, test } from "vitest";
import { z } from "zod";
import { jsonObject } from "../core/json-object";
import { isStorable } from "../core/text";
import { idempotencyKey } from "./events";
import { operations } from "./operations";
import type { Operation } from "./operations/operation";
import { setupInput } from "./setup";
import { signInInput } from "./users";

type Inner = z.core.$ZodType;

const inputs: [name: string, schema: Inner][] = [
  ["Idempotency-Key", idempotencyKey],
  ["setup", setupInput],
  ["sign-in", signInInput],
  ...Object.entries<Operation>(operations).flatMap(([name, { params, query, body }]): [string, Inner][] => [
    [`${name}/`, params],
    [`${name}?`, query],
    ...(body ? [[name, body] as [string, Inner]] : []),
  ]),
];

/** What of a schema takes values of its own, with the way to it; everything else only puts those together. */
function* leaves(schema: Inner, path: string): Generator<[path: string, leaf: Inner]> {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "object":
      for (const [key, inner] of Object.entries(def.shape)) yield* leaves(inner, `${path}.${key}`);
      return;
    case "record":
      yield* leaves(def.keyType, `${path}.{key}`);
      return yield* leaves(def.valueType, `${path}.{value}`);
    case "array":
      yield [path, schema];
      return yield* leaves(def.element, `${path}[]`);
    case "union":
      for (const option of def.options) yield* leaves(option, path);
      return;
    case "pipe":
      yield* leaves(def.in, path);
      return yield* leaves(def.out, path);
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "nonoptional":
    case "readonly":
    case "catch":
      return yield* leaves(def.innerType, path);
    case "transform":
    case "boolean":
    case "enum":
    case "literal":
      return;
    default:
      yield [path, schema];
  }
}

const takes = (schema: Inner, value: unknown) => (schema as z.ZodType).safeParse(value).success;
const checksOf = (schema: Inner) =>
  (schema._zod.def.checks ?? []).map((check) => (check as z.core.$ZodCheck)._zod.def);

/** What is wrong with a leaf, if anything: how a request could come past the shared parts. */
function bypass(leaf: Inner): string | null {
  const { def } = (leaf as z.core.$ZodTypes)._zod;
  const checks = checksOf(leaf);
  const bounded = checks.some(({ check }) => check === "max_length" || check === "length_equals");
  if (def.type === "string" && "format" in def && def.format === "datetime") {
    const outside = ["9999-12-31T23:59:59-00:01", "0000-01-01T00:00:00Z", "0050-01-01T00:00:00Z"];
    return outside.some((time) => takes(leaf, time)) ? "takes a time that is not one of `time`" : null;
  }
  if (def.type === "string") {
    if (!checks.some((check) => "fn" in check && check.fn === isStorable)) return "is no `text`";
    return bounded ? null : "has no length at most";
  }
  if (def.type === "array") return bounded ? null : "has no count at most";
  if (def.type === "custom" && def.fn === jsonObject._zod.def.fn) {
    const deep = JSON.parse(`${'{"a":'.repeat(101)}1${"}".repeat(101)}`);
    return takes(leaf, deep) ? "takes JSON of any depth" : null;
  }
  if (def.type === "number" || def.type === "custom") {
    return takes(leaf, 2 ** 31) || takes(leaf, -(2 ** 31) - 1) || takes(leaf, { valueOf: 1, toString: 1 })
      ? "takes a number that an integer column does not"
      : null;
  }
  return `is of a kind that nobody has judged: ${def.type}`;
}

test.each(inputs)("%s takes texts, times, numbers and JSON by the shared parts only", (name, schema) => {
  const found = [...leaves(schema, name)].map(([path, leaf]) => [path, bypass(leaf)]);
  expect(found.filter(([, wrong]) => wrong !== null)).toEqual([]);
});

test("each kind of value of a request is met on this walk", () => {
  const kinds = inputs.flatMap(([name, schema]) =>
    [...leaves(schema, name)].map(([, leaf]) => leaf._zod.def.type),
  );
  expect(new Set(kinds)).toEqual(new Set(["string", "number", "custom", "array"]));
});

test.each([
  [z.string().max(5)],
  [z.string().refine(isStorable)],
  [z.array(z.string())],
  [z.iso.datetime({ offset: true })],
  [z.number()],
  [z.coerce.number().int()],
  [z.unknown()],
  [z.custom(() => true)],
])("a value that is taken by none of them is found", (schema) => {
  expect(bypass(schema)).not.toBeNull();
});
