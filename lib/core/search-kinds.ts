/** How a search is looked for in payloads; the search itself says it. */
export const searchKinds = [
  { kind: "whole", label: "Whole value" },
  { kind: "prefix", label: "Begins with" },
  { kind: "text", label: "Text anywhere" },
] as const;
export type SearchKind = (typeof searchKinds)[number]["kind"];

/** Reads a search: `"in quotes"` is a text, `cus_43*` what a value begins with, and anything else a whole value. */
export function readSearch(search: string): { kind: SearchKind; text: string } {
  const [, quoted] = /^"(.+)"$/s.exec(search) ?? [];
  if (quoted !== undefined) return { kind: "text", text: quoted };
  const [, begin] = /^(.+?)(?:\*|…)$/s.exec(search) ?? [];
  return begin === undefined ? { kind: "whole", text: search } : { kind: "prefix", text: begin };
}

/** The search that `readSearch` reads so. */
export function writeSearch({ kind, text }: { kind: SearchKind; text: string }): string {
  if (kind === "text") return `"${text}"`;
  return kind === "prefix" ? `${text}*` : text;
}
