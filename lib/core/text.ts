import { z } from "zod";

/**
 * Characters that no text column can hold: U+0000 (PostgreSQL, 8.3), and half of a surrogate pair, which UTF-8 cannot
 * encode.
 */
const unstorable = /\0|\p{Surrogate}/u;

/** Whether the database can store a text unchanged. All text of requests is checked by it, including paths. */
export const isStorable = (text: string): boolean => !unstorable.test(text);

/**
 * Text in a request: a name, a description, a filter, a cursor, part of a path. JSON data is checked by `jsonObject`
 * instead.
 *
 * @param limits characters (UTF-16 code units); `trim` removes spaces at both ends first
 */
export function text({ min = 0, max, trim = false }: { min?: number; max: number; trim?: boolean }) {
  const base = trim ? z.string().trim() : z.string();
  const storable = base.refine(isStorable, {
    error: ({ input }) => `must not contain ${nameOfUnstorable(String(input))}`,
    abort: true,
  });
  return (
    min > 0
      ? storable.min(min, min === 1 ? "must not be empty" : `must be at least ${min} characters`)
      : storable
  ).max(max, `must be at most ${max} characters`);
}

function nameOfUnstorable(input: string): string {
  const found = unstorable.exec(input)?.[0] ?? "";
  return found === "\0"
    ? "the character U+0000"
    : `half of a surrogate pair (${nameOfCharacter(found)}); send the whole character`;
}

/** For example `U+200B` for a zero width space. */
export function nameOfCharacter(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
