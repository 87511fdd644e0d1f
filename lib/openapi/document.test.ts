import { beforeAll, expect, test } from "vitest";
import { tags } from "../contract/tags";
import { errorCodes } from "../core/errors";
import { applySettings } from "../testing/apply-settings";
import { openApiDocument } from "./document";

type Json = { [key: string]: unknown };
let document: ReturnType<typeof openApiDocument>;

beforeAll(() => {
  applySettings();
  document = openApiDocument();
});

/** Each object within the document, with the way to it. */
function* objects(value: unknown, path = ""): Generator<[path: string, object: Json]> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield [path, value as Json];
  for (const [key, inner] of Object.entries(value)) yield* objects(inner, `${path}/${key}`);
}

const schemasOf = (part: unknown) =>
  [...objects(part)].filter(([path]) => !/\/(properties|responses|schemas|content|headers)$/.test(path));

test("every component is described, and none refers to itself", () => {
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    expect(schema, name).not.toHaveProperty("$ref");
    expect(schema, name).toHaveProperty("type");
  }
});

test("every reference leads somewhere", () => {
  const names = new Set([...objects(document)].map(([path]) => `#${path}`));
  for (const [path, { $ref }] of objects(document)) {
    if (typeof $ref === "string") expect(names, path).toContain($ref);
  }
});

test("every field and parameter says of which type it is", () => {
  const isTyped = (schema: object) =>
    ["type", "anyOf", "oneOf", "$ref", "const", "enum"].some((key) => key in schema);
  for (const [path, { properties, schema, items }] of objects(document)) {
    const parts = Object.entries({
      ...(properties as Json),
      ...(schema ? { schema } : {}),
      ...(items ? { items } : {}),
    });
    for (const [name, part] of parts) {
      if (typeof part === "object" && part !== null) expect(isTyped(part), `${path} ${name}`).toBe(true);
    }
  }
});

test("an object without named fields takes any, as event data, examples and schemas do", () => {
  const open: string[] = [];
  for (const [path, schema] of schemasOf(document.components?.schemas)) {
    if (schema.type !== "object" || schema.properties) continue;
    if (schema.additionalProperties === true) open.push(path);
    else expect(schema.additionalProperties, path).toBeInstanceOf(Object);
  }
  expect(open).toEqual(
    expect.arrayContaining([
      "/PublishEvent/properties/data",
      "/CreateEventType/properties/example",
      "/UpdateEventType/properties/example",
      "/TestEndpoint/properties/data",
    ]),
  );
});

test("no field of a request has a default, which generators would take for one that must be sent", () => {
  const requests = [...objects(document.paths)].filter(([path]) => path.includes("/requestBody/"));
  const inputs = Object.entries(document.components?.schemas ?? {}).filter(([name]) =>
    /^(Create|Update|Publish|Test|Start|Enable|Disable|Decide|Rotate)/.test(name),
  );
  expect(inputs.length).toBeGreaterThan(5);
  for (const [path, schema] of [...requests, ...objects(Object.fromEntries(inputs))]) {
    expect(schema, path).not.toHaveProperty("default");
  }
  expect(document.components?.schemas?.PublishEvent).toMatchObject({ required: ["type", "data"] });
});

test("every operation names its errors, and every tag is described", () => {
  for (const [route, methods] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(methods)) {
      const codes = Object.keys(operation.responses);
      const expected = ["400", "401", "403", "422", "500", "503", "default"];
      if (route.includes("{")) expected.push("404");
      if ("requestBody" in operation) expected.push("413", "415");
      expect(codes, `${method} ${route}`).toEqual(expect.arrayContaining(expected));
      for (const code of codes) {
        const isKnown = Object.values(errorCodes).some(({ status }) => String(status) === code);
        expect(isKnown || /^2\d\d$|^default$/.test(code), `${code} of ${route}`).toBe(true);
      }
      for (const tag of operation.tags) expect(tags).toHaveProperty([tag]);
    }
  }
  expect(document.tags?.every(({ description }) => description)).toBe(true);
  expect(document.paths?.["/events"]?.post?.responses).toHaveProperty("409");
});

test("what several people change answers with an ETag, and its changes take it by If-Match or are refused with 412", () => {
  for (const path of ["/endpoints/{id}", "/event-types/{name}", "/workspace"]) {
    const { get, patch } = document.paths?.[path] ?? {};
    expect(get?.responses, path).toMatchObject({
      200: { headers: { ETag: { schema: { type: "string" } } } },
    });
    expect(patch?.parameters, path).toContainEqual(
      expect.objectContaining({ name: "If-Match", in: "header" }),
    );
    expect(patch?.responses, path).toHaveProperty("412");
  }
});
