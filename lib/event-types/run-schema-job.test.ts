import { expect, test } from "vitest";
import { answerQuestion, runSchemaJob } from "./run-schema-job";

const path = "events.3.data";
const judge = (schema: object | string, data: string, dataMs?: number) => {
  const text = typeof schema === "string" ? schema : JSON.stringify(schema);
  return runSchemaJob({ data: [{ schema: text, data, path }] }, dataMs);
};
/** With time for a machine that does other things as well. */
const check = (schema: object | string, data: string) => {
  const verdict = judge(schema, data, 10_000);
  return "errors" in verdict ? verdict.errors : verdict;
};
const mistakes = (schema: object | string) => {
  const verdict = runSchemaJob({ schema: typeof schema === "string" ? schema : JSON.stringify(schema) });
  return "errors" in verdict ? verdict.errors : verdict;
};

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
  [
    '{"id":"1","totel":1}',
    [{ path: "events.3.data.totel", message: "is not a field in the schema of its type" }],
  ],
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

test.each([
  ['{"multipleOf":0.01}', "19.99", true],
  ['{"multipleOf":0.01}', "0.07", true],
  ['{"multipleOf":0.01}', "0.075", false],
  ['{"multipleOf":0.01}', "1e300", true],
  ['{"multipleOf":1e-400}', "3e-399", true],
  ['{"multipleOf":3}', "1e1000000000000", false],
  ['{"const":12345678901234567890}', "12345678901234567890.0", true],
  ['{"const":12345678901234567890}', "12345678901234567891", false],
  ['{"enum":[{"n":0.1},1]}', '{"n":1e-1}', true],
  ['{"maximum":12345678901234567890}', "12345678901234567890", true],
  ['{"maximum":12345678901234567890}', "12345678901234567890.0000000001", false],
  ['{"exclusiveMinimum":-0.3}', "-0.30", false],
  ['{"type":"integer"}', "12345678901234567890.5", false],
  ['{"type":"integer"}', "1.50e1", true],
  ['{"type":"integer"}', "1e400", true],
  ['{"uniqueItems":true}', "[9007199254740993,9007199254740992]", true],
  ['{"uniqueItems":true}', "[1,1.0]", false],
])("%s judges %s by all its digits: %s", (schema, value, valid) => {
  expect(check(`{"properties":{"n":${schema}}}`, `{"n":${value}}`)).toHaveLength(valid ? 0 : 1);
});

test.each([
  ['{"required":["__proto__"]}', "{}", false],
  ['{"required":["__proto__"]}', '{"__proto__":1}', true],
  ['{"required":["constructor","toString"]}', "{}", false],
  ['{"properties":{"constructor":{"type":"string"},"__proto__":{"type":"string"}}}', "{}", true],
  ['{"properties":{"__proto__":{"type":"string"}}}', '{"__proto__":1}', false],
  ['{"properties":{"a":{}},"additionalProperties":false}', '{"constructor":1}', false],
  ['{"dependentRequired":{"constructor":["a"]}}', "{}", true],
  ['{"properties":{"$async":{"const":1}},"$async":true}', '{"$async":2}', false],
])("%s takes of %s only what the object itself has: %s", (schema, data, valid) => {
  expect(check(schema, data)).toHaveLength(valid ? 0 : 1);
});

test("a schema that would take forever is stopped, and says at which data", () => {
  const schema = { properties: { a: { type: "string", pattern: "^(a+)+$" } } };
  const data = JSON.stringify({ a: `${"a".repeat(60)}!` });
  expect(judge(schema, data)).toEqual({ timedOutAt: 0 });
  const job = {
    data: [
      { schema: "{}", data, path },
      { schema: JSON.stringify(schema), data, path },
    ],
  };
  for (const kind of ["quick", "patient"] as const)
    expect(answerQuestion({ kind, job })).toEqual({ timedOutAt: 1 });
  expect(check(schema, '{"a":"aaa"}')).toEqual([]);
});

test.each([
  ["refers to itself", { $ref: "#" }],
  ["refers to what is not there", { $ref: "https://example.com/elsewhere" }],
  ["has an invalid pattern", { properties: { a: { pattern: "(" } } }],
])("a schema that an earlier version took and that %s is an error of the data, and no fault", (_, schema) => {
  expect(check(schema, '{"a":"x"}')).toMatchObject([
    { path, message: expect.stringContaining("could not be validated against the schema of its type: ") },
  ]);
});

test.each([
  [{ type: "objct" }, "schema.type", 'must be one of "array", "boolean", "integer"'],
  [{ properties: { a: { minLength: "x" } } }, "schema.properties.a.minLength", "must be integer"],
  [{ typ: "object" }, "schema.typ", "is not a keyword of JSON Schema 2020-12"],
  [{ $async: true }, "schema.$async", "is not a keyword"],
  [{ items: { nullable: true } }, "schema.items.nullable", 'like ["string", "null"]'],
  [
    { $ref: "https://example.com/elsewhere" },
    "schema.$ref",
    "refers to https://example.com/elsewhere, which",
  ],
  [{ $ref: "#/$defs/a" }, "schema.$ref", "refers to #/$defs/a, which is not a schema"],
  [{ properties: { a: { pattern: "(" } } }, "schema.properties.a.pattern", "must be a regular expression"],
  [{ patternProperties: { "[": {} } }, "schema.patternProperties", "must be a regular expression"],
  [
    { $schema: "http://json-schema.org/draft-07/schema#" },
    "schema.$schema",
    "must be https://json-schema.org",
  ],
  [{ $id: "http://[" }, "schema.$id", "is not a valid URI reference"],
  [{ multipleOf: 0 }, "schema.multipleOf", "must be > 0"],
  [{ $ref: "#" }, "schema.$ref", "must not refer back to itself"],
  [{ anyOf: [{}, { $ref: "#" }] }, "schema.anyOf.1.$ref", "must not refer back to itself"],
  [
    { $defs: { a: { $ref: "#/$defs/b" }, b: { not: { $ref: "#/$defs/a" } } } },
    "schema.$defs.b.not.$ref",
    "itself",
  ],
  [{ $dynamicAnchor: "a", if: { $dynamicRef: "#a" } }, "schema.if.$dynamicRef", "itself"],
])("%j is refused when it is saved, with the place in it", (schema, place, message) => {
  expect(mistakes(schema)).toEqual([{ path: place, message: expect.stringContaining(message) }]);
});

test.each([
  [{ $schema: "https://json-schema.org/draft/2020-12/schema", title: "x", examples: [{ nullable: 1 }] }],
  [{ properties: { nullable: { const: { $ref: "nowhere" } } }, default: { typ: 1 } }],
  [{ definitions: { a: { type: "string" } }, properties: { a: { $ref: "#/definitions/a" } } }],
  [{ properties: { schema: { $ref: "https://json-schema.org/draft/2020-12/schema" } } }],
  [{ allOf: [{ $ref: "#/$defs/a" }, { $ref: "#/$defs/a" }], $defs: { a: { type: "object" } } }],
])("%j is taken", (schema) => {
  expect(mistakes(schema)).toEqual([]);
});

test("a schema that comes back to itself a step into the data is taken", () => {
  const tree = {
    $defs: { node: { properties: { next: { $ref: "#/$defs/node" }, n: { type: "integer" } } } },
    $ref: "#/$defs/node",
  };
  expect(mistakes(tree)).toEqual([]);
  expect(check(tree, '{"next":{"next":{"n":"x"}}}')).toEqual([
    { path: "events.3.data.next.next.n", message: "must be integer" },
  ]);
});

test("an error of a choice is that of the choice that got furthest", () => {
  const schema = { anyOf: [{ type: "string" }, { properties: { a: { properties: { b: { const: 1 } } } } }] };
  expect(check(schema, '{"a":{"b":2}}')).toEqual([{ path: "events.3.data.a.b", message: "must be 1" }]);
});

test("data that was judged just as the time was up is not taken for valid", () => {
  const wrong = { schema: '{"required":["id"]}', data: "{}", path };
  let ended = false;
  // The loop over the checks does not come past its end in time.
  const data = new Proxy([wrong], {
    get(checks, key, receiver) {
      const atEnd = key === "length" && ended;
      if (key === "0") ended = true;
      if (atEnd) {
        ended = false;
        for (;;);
      }
      return Reflect.get(checks, key, receiver);
    },
  });
  expect(runSchemaJob({ data }, 500)).toEqual({ errors: [{ path: `${path}.id`, message: "is missing" }] });
});
