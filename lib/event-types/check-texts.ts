import { stringify } from "lossless-json";
import { validationFailed } from "../errors";
import { checkSchema } from "./check-schema";
import { eventTypeExampleBytesMax } from "./constants";

type JsonObject = Record<string, unknown>;

/** Example data as indented JSON text. @throws AppError `validation_failed` over 256 KiB */
export function exampleText(example: JsonObject): string {
  const text = stringify(example, null, 2) ?? "{}";
  if (Buffer.byteLength(text) > eventTypeExampleBytesMax) {
    const message = `must be at most ${eventTypeExampleBytesMax / 1024} KiB as JSON`;
    throw validationFailed([{ path: "example", message }]);
  }
  return text;
}

/** A JSON Schema as JSON text. @throws AppError `validation_failed` where it cannot be used */
export function schemaText(schema: JsonObject): string {
  const text = stringify(schema) ?? "{}";
  checkSchema(text);
  return text;
}
