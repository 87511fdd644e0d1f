const kinds = {
  evt: "event",
  dlv: "delivery",
  ep: "endpoint",
  att: "attempt",
  trn: "transition",
  rpl: "job",
  key: "apiKey",
  fgr: "failureGroup",
  usr: "member",
  eml: "email",
  inv: "invitation",
  dom: "domain",
  aud: "auditEntry",
  ws: "workspace",
  svw: "savedView",
} as const;

export type PastedId = { kind: (typeof kinds)[keyof typeof kinds]; id: string };

/** The id in a text, like `evt_…`, whatever surrounds it; `null` for any other text. */
export function readId(text: string): PastedId | null {
  const [, prefix, digits] = /^["'\s]*([a-z]{2,3})_([0-9a-f]{32})["',;\s]*$/.exec(text) ?? [];
  if (prefix === undefined || !Object.hasOwn(kinds, prefix)) return null;
  return { kind: kinds[prefix as keyof typeof kinds], id: `${prefix}_${digits}` };
}

/** The first characters of an API key, which the list of keys shows; `null` for any other text. */
export function readApiKey(text: string): string | null {
  const [key] = /phk_[\w-]{8,}/.exec(text) ?? [];
  return key?.slice(0, hintLength) ?? null;
}
const hintLength = "phk_".length + 4;

/**
 * Whether a text may be a producer's key, which is searched for: not a short word, nothing with line breaks, and not
 * a secret, which must not get into an address.
 */
export function mayBeKey(text: string): boolean {
  return /^[\x20-\x7e]{3,255}$/.test(text) && !/\b(phk|whsec|whsk)_/.test(text) && readId(text) === null;
}
