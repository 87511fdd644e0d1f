import { isLosslessNumber, type LosslessNumber } from "lossless-json";

/** JSON as read by the lossless parser. Objects have only own properties, including `__proto__`. */
export type Json = null | boolean | string | number | LosslessNumber | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

export const isNumber = (value: Json | undefined): value is number | LosslessNumber =>
  typeof value === "number" || isLosslessNumber(value);

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
}

export function typeOf(value: Json): "null" | "boolean" | "string" | "number" | "array" | "object" {
  if (value === null) return "null";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "string") return "string";
  if (Array.isArray(value)) return "array";
  return isNumber(value) ? "number" : "object";
}

/** An object's own property: a field may be called `constructor`. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
