const kinds = {
  evt: "event",
  dlv: "delivery",
  ep: "endpoint",
  att: "attempt",
  rpl: "job",
  key: "apiKey",
  fgr: "failureGroup",
  usr: "member",
  eml: "email",
} as const;

export type PastedId = { kind: (typeof kinds)[keyof typeof kinds]; id: string };

/** The id that a text is, like `evt_…`, whatever is around it; `null` for another text. */
export function readId(text: string): PastedId | null {
  const [, prefix, digits] = /^["'\s]*([a-z]{2,3})_([0-9a-f]{32})["',;\s]*$/.exec(text) ?? [];
  if (prefix === undefined || !Object.hasOwn(kinds, prefix)) return null;
  return { kind: kinds[prefix as keyof typeof kinds], id: `${prefix}_${digits}` };
}

/** The first characters of an API key, which the list of keys shows; `null` for another text. */
export function readApiKey(text: string): string | null {
  const [key] = /phk_[\w-]{8,}/.exec(text) ?? [];
  return key?.slice(0, hintLength) ?? null;
}
const hintLength = "phk_".length + 4;

/**
 * Whether a text may be a producer's key, which is looked for: no short word, nothing with line breaks, and no secret, which
 * belongs into no address.
 */
export function mayBeKey(text: string): boolean {
  return /^[\x20-\x7e]{3,255}$/.test(text) && !/\b(phk|whsec|whsk)_/.test(text) && readId(text) === null;
}
