/** The most characters of a search. */
export const searchLengthMax = 255;

/** Why a text cannot be searched for, with what would be right; `null` if it can. */
export function refuseSearch(search: string): string | null {
  const { length } = search.trim();
  if (length <= searchLengthMax) return null;
  return `A search can have at most ${searchLengthMax} characters. This one has ${length.toLocaleString("en")}.`;
}

/** How a search looks in payloads, which its text determines. */
export const searchKinds = [
  { kind: "whole", label: "Whole value" },
  { kind: "prefix", label: "Begins with" },
  { kind: "text", label: "Text anywhere" },
] as const;
export type SearchKind = (typeof searchKinds)[number]["kind"];

/** Reads a search: `"in quotes"` is text, `cus_43*` is the beginning of a value, and anything else is a whole value. */
export function readSearch(search: string): { kind: SearchKind; text: string } {
  const [, quoted] = /^"(.+)"$/s.exec(search) ?? [];
  if (quoted !== undefined) return { kind: "text", text: quoted };
  const [, begin] = /^(.+?)(?:\*|…)$/s.exec(search) ?? [];
  return begin === undefined ? { kind: "whole", text: search } : { kind: "prefix", text: begin };
}

/** The search text that `readSearch` reads this way. */
export function writeSearch({ kind, text }: { kind: SearchKind; text: string }): string {
  if (kind === "text") return `"${text}"`;
  return kind === "prefix" ? `${text}*` : text;
}
