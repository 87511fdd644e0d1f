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

/**
 * What checks schemas by the specification's own, compiled once. To be called before a time is set: stopped while it
 * compiles, it would never work again.
 */
export function readyMetaSchema(): Ajv2020 {
  if (metaSchema) return metaSchema;
  const made = new Ajv2020(options);
  made.validateSchema({});
  metaSchema = made;
  return made;
}

/** What is wrong with a schema by the specification's own, with its path in it; `null` where nothing is. */
export function findMistake(schema: AnySchemaObject): { path: string[]; message: string } | null {
  const meta = readyMetaSchema();
  if (meta.validateSchema(schema)) return null;
  const error = meta.errors?.[0];
  return {
    path: error?.instancePath.split("/").slice(1) ?? [],
    message: error?.message ?? "must be a JSON Schema",
  };
}
