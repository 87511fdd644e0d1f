import { readFileSync } from "node:fs";
import { parse, stringify } from "lossless-json";
import { describe, expect, test } from "vitest";
import { findMistake } from "./find-mistake";
import type { Json } from "./json";
import { loadSchema } from "./load-schema";
import { type Schema, SchemaIndex } from "./schema-index";
import { Validator } from "./validator";

type Group = {
  description: string;
  schema: Schema;
  tests: { description: string; data: Json; valid: boolean }[];
};
type Suite = { remotes: Record<string, Json>; tests: Record<string, Group[]> };

const file = new URL("../testing/json-schema-test-suite.json", import.meta.url);
const suite = parse(readFileSync(file, "utf8")) as Suite;

/** What is not followed, and therefore refused when it is saved. */
const refused: Record<string, string> = {
  "schema that uses custom metaschema with with no validation vocabulary": "other dialects than 2020-12",
  "single dependency": "`dependencies`, a keyword of earlier drafts",
  "empty dependents": "`dependencies`",
  "multiple dependents required": "`dependencies`",
  "dependencies with escaped characters": "`dependencies`",
  "single schema dependency": "`dependencies`",
  "boolean subschemas": "`dependencies`",
  "schema dependencies with escaped characters": "`dependencies`",
};

describe.each(Object.entries(suite.tests))("the official test suite, %s", (_, groups) => {
  for (const { description, schema, tests } of groups) {
    const text = stringify(schema) ?? "";
    const isRefused = description in refused && /"dependencies"|"\$schema":"http:/.test(text);
    if (isRefused) {
      test(`${description}: is refused when it is saved`, () => {
        expect(findMistake(text)).not.toBeNull();
      });
      continue;
    }
    for (const { description: data, data: value, valid } of tests) {
      test(`${description}: ${data}`, () => {
        const { library } = loadSchema("{}").validator.index;
        const index = new SchemaIndex(library);
        for (const [uri, remote] of Object.entries(suite.remotes)) index.add(remote, uri);
        index.add(schema, "https://posthorn.invalid/schema");
        const failure = new Validator(index).validate(schema, value);
        expect(failure === null, failure?.message).toBe(valid);
      });
    }
  }
});
