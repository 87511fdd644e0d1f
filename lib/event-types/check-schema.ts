import type { AnySchemaObject } from "ajv";
import { type FieldError, validationFailed } from "../errors";
import { compile, findMistake, readyMetaSchema } from "./compile-schema";
import { eventTypeSchemaBytesMax } from "./constants";
import { withinTime } from "./within-time";

const dialect = "https://json-schema.org/draft/2020-12/schema";
const compileMsMax = 1_000;

/**
 * Checks a JSON Schema before it is saved.
 *
 * @param text the schema, an object, as JSON text
 * @throws AppError `validation_failed`, naming the place in the schema
 */
export function checkSchema(text: string): void {
  const error = findError(text);
  if (error) throw validationFailed([error]);
}

function findError(text: string): FieldError | null {
  const path = "schema";
  if (Buffer.byteLength(text) > eventTypeSchemaBytesMax) {
    return { path, message: `must be at most ${eventTypeSchemaBytesMax / 1024} KiB as JSON` };
  }
  const schema: AnySchemaObject = JSON.parse(text);
  if (schema.$schema !== undefined && schema.$schema !== dialect) {
    return { path: `${path}.$schema`, message: `must be ${dialect}, or be left out` };
  }
  let error: FieldError | null = null;
  readyMetaSchema();
  const finished = withinTime(compileMsMax, () => {
    const mistake = findMistake(schema);
    if (mistake) {
      error = { path: [path, ...mistake.path].join("."), message: mistake.message };
      return;
    }
    try {
      compile(schema);
    } catch (thrown) {
      error = { path, message: `must be a JSON Schema (2020-12) that can be used: ${wordsOf(thrown)}` };
    }
  });
  return finished
    ? error
    : { path, message: `must be simpler: it takes over ${compileMsMax / 1000} s to read` };
}

/** What ajv says; a schema that refers to itself without end has no words of its own. */
function wordsOf(error: unknown): string {
  if (error instanceof RangeError) return "it is nested too deeply";
  return error instanceof Error ? error.message : "it cannot be compiled";
}
