import { parse } from "lossless-json";
import { expect, test } from "vitest";
import { AppError } from "../errors";
import { checkSchema } from "./check-schema";
import { findSchemaErrors } from "./find-schema-errors";

const check = (schema: object, data: string) =>
  findSchemaErrors([
    { key: "ws a.b", schema: JSON.stringify(schema), data: parse(data), path: "events.3.data" },
  ]);

const invoice = {
  type: "object",
  properties: {
    id: { type: "string" },
    total: { type: "integer", minimum: 0 },
    currency: { enum: ["EUR", "USD"] },
    kind: { const: "invoice" },
    lines: { type: "array", items: { type: "object", properties: { "a/b": { type: "number" } } } },
  },
  required: ["id"],
  additionalProperties: false,
};

test.each([
  ['{"id":"1","total":12,"currency":"EUR","lines":[{"a/b":1.5}]}', []],
  ["{}", [{ path: "events.3.data.id", message: "is missing" }]],
  ['{"id":1}', [{ path: "events.3.data.id", message: "must be string" }]],
  ['{"id":"1","total":-1}', [{ path: "events.3.data.total", message: "must be >= 0" }]],
  ['{"id":"1","totel":1}', [{ path: "events.3.data.totel", message: "is not a field of its type's schema" }]],
  [
    '{"id":"1","currency":"GBP"}',
    [{ path: "events.3.data.currency", message: 'must be one of "EUR", "USD"' }],
  ],
  ['{"id":"1","kind":"bill"}', [{ path: "events.3.data.kind", message: 'must be "invoice"' }]],
  ['{"id":"1","lines":[{},{"a/b":"x"}]}', [{ path: "events.3.data.lines.1.a/b", message: "must be number" }]],
])("%s is found wrong at its place", (data, errors) => {
  expect(check(invoice, data)).toEqual(errors);
});

test("numbers with more digits than JavaScript's are checked as numbers", () => {
  const schema = { properties: { n: { type: "integer", maximum: 10 } } };
  expect(check(schema, '{"n":3}')).toEqual([]);
  expect(check(schema, '{"n":12345678901234567890}')).toMatchObject([{ message: "must be <= 10" }]);
  expect(check({ properties: { n: { type: "number" } } }, '{"n":1e400}')).toEqual([]);
});

test("a schema that would take forever is stopped, and says so", () => {
  const schema = { properties: { a: { type: "string", pattern: "^(a+)+$" } } };
  expect(check(schema, JSON.stringify({ a: `${"a".repeat(60)}!` }))).toMatchObject([
    { path: "events.3.data", message: expect.stringContaining("could not be checked") },
  ]);
  expect(check(schema, '{"a":"aaa"}')).toEqual([]);
});

test("a changed schema holds from its first check on", () => {
  expect(check({ required: ["a"] }, "{}")).toHaveLength(1);
  expect(check({ required: [] }, "{}")).toEqual([]);
});

test("two workspaces may use the same $id for different schemas", () => {
  for (const name of ["a", "b"]) {
    const schema = JSON.stringify({ $id: "https://example.com/s", required: [name] });
    expect(findSchemaErrors([{ key: `${name} t`, schema, data: {}, path: "data" }])).toEqual([
      { path: `data.${name}`, message: "is missing" },
    ]);
  }
});

test.each([
  [{ type: "objct" }, "schema.type"],
  [{ properties: { a: { minLength: "x" } } }, "schema.properties.a.minLength"],
  [{ typ: "object" }, "schema"],
  [{ $ref: "https://example.com/elsewhere" }, "schema"],
  [{ properties: { a: { pattern: "(" } } }, "schema"],
  [{ $schema: "http://json-schema.org/draft-07/schema#" }, "schema.$schema"],
  [{ description: "x".repeat(65 * 1024) }, "schema"],
])("a schema that cannot be used is refused when it is saved", (schema, path) => {
  try {
    checkSchema(JSON.stringify(schema));
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: "validation_failed", extra: { errors: [{ path }] } });
  }
});

test("a schema that refers to itself is taken", () => {
  const tree = {
    $defs: { node: { properties: { next: { $ref: "#/$defs/node" }, n: { type: "integer" } } } },
    $ref: "#/$defs/node",
  };
  checkSchema(JSON.stringify(tree));
  expect(check(tree, '{"next":{"next":{"n":"x"}}}')).toEqual([
    { path: "events.3.data.next.next.n", message: "must be integer" },
  ]);
});
