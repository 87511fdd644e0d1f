import { stringify } from "lossless-json";
import { validationFailed } from "../core/errors";
import { eventTypeExampleBytesMax, eventTypeSchemaBytesMax } from "../core/event-types";
import { judgeSchema } from "./judge-by-schema";

type JsonObject = Record<string, unknown>;

/** Example data as indented JSON text. @throws AppError `validation_failed` over 256 KiB */
export function exampleText(example: JsonObject): string {
  const text = stringify(example, null, 2) ?? "{}";
  if (Buffer.byteLength(text) > eventTypeExampleBytesMax) throw tooLarge("example", eventTypeExampleBytesMax);
  return text;
}

/**
 * A JSON Schema as JSON text, after a thread has found it valid. Not to be called within a transaction.
 *
 * @param workspaceId its workspace: workspaces do not wait for each other
 * @throws AppError `validation_failed`, naming the place in the schema; `unavailable`
 */
export async function schemaText(workspaceId: string, schema: JsonObject): Promise<string> {
  const text = stringify(schema) ?? "{}";
  if (Buffer.byteLength(text) > eventTypeSchemaBytesMax) throw tooLarge("schema", eventTypeSchemaBytesMax);
  const errors = await judgeSchema(workspaceId, text);
  if (errors.length > 0) throw validationFailed(errors);
  return text;
}

function tooLarge(path: string, bytesMax: number) {
  return validationFailed([{ path, message: `must be at most ${bytesMax / 1024} KiB as JSON` }]);
}
