import { stringify } from "lossless-json";
import type { Json } from "./json";

const lengthMax = 200;

/** A value of a schema for an error, with every digit; a long one is cut. */
export function asText(value: Json): string {
  const text = stringify(value) ?? "";
  return text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text;
}
