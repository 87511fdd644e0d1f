/** The roles that people who join on their own can have, never the one with all rights. */
export const joiningRoles = ["developer", "viewer"] as const;
export type JoiningRole = (typeof joiningRoles)[number];

/** The most domains that a workspace can have. */
export const emailDomainsMax = 20;

/** How many days a link to verify a domain is valid. */
export const verificationDays = 7;

/**
 * A domain in the form in which it is stored and compared: lower case, in ASCII (RFC 5891).
 *
 * @param text as typed by a person, like `Bücher.example` or `@example.com`
 * @returns `null` if it is not a domain that can have email addresses: a single label, an IP address, a URL
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
