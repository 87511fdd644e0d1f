import { stringify } from "lossless-json";
import type { Json } from "./json";

const lengthMax = 200;

/** A schema's value for an error message, with every digit; a long one is truncated. */
export function asText(value: Json): string {
  const text = stringify(value) ?? "";
  return text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text;
}
