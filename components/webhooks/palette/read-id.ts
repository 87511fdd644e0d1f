export type PastedId = { kind: "event" | "delivery" | "endpoint" | "attempt"; id: string };

const kinds = { evt: "event", dlv: "delivery", ep: "endpoint", att: "attempt" } as const;

/** The id that a text is, like `evt_…`, whatever is around it; `null` for another text. */
export function readId(text: string): PastedId | null {
  const [, prefix, digits] = /^["'\s]*(evt|dlv|ep|att)_([0-9a-f]{32})["',;\s]*$/.exec(text) ?? [];
  if (prefix === undefined || !Object.hasOwn(kinds, prefix)) return null;
  return { kind: kinds[prefix as keyof typeof kinds], id: `${prefix}_${digits}` };
}

/** Whether a text may be a producer's key, which is looked for: no short word, and nothing with line breaks. */
export function mayBeKey(text: string): boolean {
  return /^[\x20-\x7e]{3,255}$/.test(text) && readId(text) === null;
}
