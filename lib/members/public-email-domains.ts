import providers from "email-providers/all.json";

/** Missing in the list, or listed without being a provider: RFC 2606 reserves it for examples. */
const more = [
  "disroot.org",
  "duck.com",
  "fastmail.com",
  "mailfence.com",
  "posteo.de",
  "privaterelay.appleid.com",
  "riseup.net",
  "startmail.com",
  "tuta.com",
  "tuta.io",
  "tutamail.com",
  "tutanota.com",
  "tutanota.de",
];
const kept = "example.com";

let domains: Set<string> | undefined;

/** Whether anyone can get an address at a domain, so that it proves nothing about a person. */
export function isPublicEmailDomain(domain: string): boolean {
  domains ??= new Set([...providers, ...more]);
  return domain !== kept && domains.has(domain);
}
