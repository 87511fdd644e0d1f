import { jsonErrorOffset } from "./json-error-offset";

export type ParsedObject =
  | { ok: true; value: Record<string, unknown> }
  | { ok: false; message: string; line: number };

/** Parses JSON text that must be an object; says what is wrong, and in which line (from 1). */
export function parseJsonObject(text: string): ParsedObject {
  if (text.trim() === "") return { ok: false, message: "Empty: enter a JSON object, like {}", line: 1 };
  const offset = jsonErrorOffset(text);
  if (offset !== null) {
    const rest = text.slice(offset).trimStart();
    const line = text.slice(0, offset).trimEnd().split("\n").length;
    if (rest === "") return { ok: false, line, message: "Incomplete: a closing } or ] is missing" };
    const foundLine = text.slice(0, text.length - rest.length).split("\n").length;
    return { ok: false, line: foundLine, message: `Unexpected ${rest.slice(0, 1)}` };
  }
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { ok: false, message: "Must be a JSON object: { … }", line: 1 };
  }
  return { ok: true, value: { ...value } };
}
