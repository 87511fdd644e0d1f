import { pathOf } from "./failure";
import { findEndlessReference } from "./find-endless-reference";
import { isObject, type JsonObject, own } from "./json";
import { knownKeywords } from "./keywords";
import { dialect, loadSchema } from "./load-schema";
import { Unresolvable } from "./schema-index";
import { UnusableKeyword, type Validator } from "./validator";

export type Mistake = { path: string[]; message: string };

const insteadOf: Record<string, string> = {
  nullable: 'write the types as a list, like ["string", "null"]',
  dependencies: "write dependentRequired or dependentSchemas",
  additionalItems: "write prefixItems and items",
  example: "write examples, a list",
  id: "write $id",
};

/**
 * What is wrong with a schema to be saved, with the path to it: unknown keywords, violations of the specification's
 * meta-schema, invalid patterns, references that do not resolve or are circular.
 *
 * @param text JSON
 */
export function findMistake(text: string): Mistake | null {
  try {
    const { schema, validator } = loadSchema(text);
    if (!isObject(schema)) return null;
    return (
      findUnknownKeyword(validator) ??
      findMetaMistake(schema, validator) ??
      findUnusableKeyword(validator) ??
      findEndlessReference(validator)
    );
  } catch (error) {
    if (error instanceof Unresolvable) return { path: ["$id"], message: error.message };
    throw error;
  }
}

function findUnknownKeyword({ index }: Validator): Mistake | null {
  for (const [schema, path] of index.paths) {
    const named = own(schema, "$schema");
    if (named !== undefined && named !== dialect)
      return { path: [...path, "$schema"], message: `must be ${dialect} or left out` };
    const unknown = Object.keys(schema).find((keyword) => !knownKeywords.has(keyword));
    if (unknown === undefined) continue;
    const instead = Object.hasOwn(insteadOf, unknown) ? `; ${insteadOf[unknown]}` : "";
    return { path: [...path, unknown], message: `is not a keyword of JSON Schema 2020-12${instead}` };
  }
  return null;
}

function findMetaMistake(schema: JsonObject, validator: Validator): Mistake | null {
  const { index } = validator;
  const { schema: meta } = index.resolve(dialect, index.homeOf(schema));
  const failure = validator.validate(meta, schema);
  return failure && { path: pathOf(failure.at), message: failure.message };
}

/** Schemas that are only reached by references are added when they are found, and checked in turn. */
function findUnusableKeyword(validator: Validator): Mistake | null {
  for (const [schema, path] of validator.index.paths) {
    try {
      validator.prepare(schema);
    } catch (error) {
      if (!(error instanceof UnusableKeyword)) throw error;
      return { path: [...path, error.keyword], message: error.message };
    }
  }
  return null;
}
