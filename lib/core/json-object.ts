import { z } from "zod";
import { findTooDeep, jsonDepthMessage } from "./json-depth";

/**
 * A JSON object in a request: an event's data, an example, a schema. It is passed on as it is, because copying would
 * drop a key named `__proto__`. A number of the lossless parser is an object too, of its own class.
 */
export const jsonObject = z
  .custom<Record<string, unknown>>(isJsonObject, { error: "must be a JSON object", abort: true })
  .meta({ type: "object" })
  .refine((value) => findTooDeep(value) === null, jsonDepthMessage);

function isJsonObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
