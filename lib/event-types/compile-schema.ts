import Ajv2020, { type AnySchemaObject, type ValidateFunction } from "ajv/dist/2020";

/** Compiled schemas that are kept; the one that was used longest ago makes room. */
const keptMax = 500;
const kept = new Map<string, { schema: string; validate: ValidateFunction }>();

/**
 * `format` says what is meant and checks nothing, which is the specification's default; unknown keywords are mistakes.
 * No loader: what a schema refers to must stand in it.
 */
const options = { strictTypes: false, strictTuples: false, validateFormats: false, logger: false } as const;

/**
 * Compiles a JSON Schema (2020-12) that was checked when it was saved.
 *
 * @param key under which it is kept until another schema comes with it
 * @param text the schema as JSON text
 */
export function compileSchema(key: string, text: string): ValidateFunction {
  const found = kept.get(key);
  kept.delete(key);
  const validate = found?.schema === text ? found.validate : compile(JSON.parse(text));
  kept.set(key, { schema: text, validate });
  const [oldest] = kept.keys();
  if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest);
  return validate;
}

/** One instance for each schema: an `$id` of a workspace is known to nobody else. Throws what ajv says is wrong. */
export function compile(schema: AnySchemaObject): ValidateFunction {
  return new Ajv2020({ ...options, meta: false, validateSchema: false }).compile(schema);
}

let metaSchema: Ajv2020 | undefined;

/** What is wrong with a schema by the specification's own, with its path in it; `null` where nothing is. */
export function findMistake(schema: AnySchemaObject): { path: string[]; message: string } | null {
  metaSchema ??= new Ajv2020(options);
  if (metaSchema.validateSchema(schema)) return null;
  const error = metaSchema.errors?.[0];
  return {
    path: error?.instancePath.split("/").slice(1) ?? [],
    message: error?.message ?? "must be a JSON Schema",
  };
}
