/** The roles that people who join by themselves can have, never the one that may do everything. */
export const joiningRoles = ["developer", "viewer"] as const;
export type JoiningRole = (typeof joiningRoles)[number];

/** Domains that a workspace can have. */
export const emailDomainsMax = 20;

/** Days that a link to verify a domain works. */
export const verificationDays = 7;

/**
 * A domain in the one form in which it is kept and compared: in lower case and in ASCII (RFC 5891).
 *
 * @param text as somebody typed it, like `Bücher.example` or `@example.com`
 * @returns `null` if it is none that can have email addresses: one of a single label, an IP address, a URL
 */
export function normalizeDomain(text: string): string | null {
  const name = text.trim().replace(/^@/, "").replace(/\.$/, "");
  if (!/^[^\s/\\?#@:[\]%<>^|]+$/u.test(name) || !URL.canParse(`http://${name}`)) return null;
  const { hostname } = new URL(`http://${name}`);
  const labels = hostname.split(".");
  const isName = labels.every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label));
  const isDomain = labels.length > 1 && isName && /[a-z]/.test(labels.at(-1) ?? "");
  return isDomain && hostname.length <= 253 ? hostname : null;
}

/** The domain of an email address, as `normalizeDomain` has it. */
export const domainOf = (email: string): string | null =>
  normalizeDomain(email.slice(email.lastIndexOf("@") + 1));
