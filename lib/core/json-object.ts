import { z } from "zod";
import { findTooDeep, jsonDepthMessage } from "./json-depth";

/**
 * A JSON object in a request: an event's data, an example, a schema. Handed on as it is: copying it would drop a key
 * named `__proto__`. A number of the lossless parser is an object too, of a class of its own.
 */
export const jsonObject = z
  .custom<Record<string, unknown>>(isJsonObject, { error: "must be a JSON object", abort: true })
  .meta({ type: "object" })
  .refine((value) => findTooDeep(value) === null, jsonDepthMessage);

function isJsonObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
