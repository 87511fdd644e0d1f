import type { SignatureKind } from "./endpoints";

/** What the API and its forms have to know of a kind of signature. How it signs is in `lib/signatures`. */
type SignatureForm = {
  /** The secret of a webhook's own: a prefix, and base64 of so many bytes. `null`: the installation's key signs. */
  secret: { prefix: string; fits: (bytes: number) => boolean; sizes: string } | null;
  /** What verifies it, for the API's documentation; `null`: the secret itself. */
  publicKey: string | null;
  /** Its place in the header: Python's libraries raise at a JWT, which has no comma, unless a part before it holds. */
  comesLast: boolean;
};

export const signatureForms = {
  // 24 to 64 bytes after Standard Webhooks, and up to 75, as Svix takes them.
  hmac: {
    secret: {
      prefix: "whsec_",
      fits: (bytes: number) => bytes >= 24 && bytes <= 75,
      sizes: "24 to 75 bytes",
    },
    publicKey: null,
    comesLast: false,
  },
  ed25519: {
    // A private key alone, or with its public key after it.
    secret: {
      prefix: "whsk_",
      fits: (bytes: number) => bytes === 32 || bytes === 64,
      sizes: "32 or 64 bytes",
    },
    publicKey: "`whpk_…`",
    comesLast: false,
  },
  jwt: { secret: null, publicKey: "PEM", comesLast: true },
} satisfies Record<SignatureKind, SignatureForm>;

/** A secret that is hex by its looks: 24 random bytes in base64 have only such digits once in 10^14. */
export const hexSecret = /^(whsec_|whsk_)?[0-9a-f]{32,}$/i;

/** How long an old secret signs beside the new one, if nothing else is asked for. */
export const expireOldAfterHoursDefault = 24;
export const expireOldAfterHoursMax = 168;

/** Secrets that sign at a time: each makes the header longer. */
export const signingSecretsMax = 5;

/** A JWT holds the body only while the whole `webhook-signature` is shorter: servers refuse long headers. */
export const signatureBytesMax = 4_096;

/** The path of the installation's public keys, below its origin (RFC 8615, RFC 7517). */
export const jwksPath = "/.well-known/jwks.json";

/** Adds a signature to those already in its header, separated by spaces. */
export function addSignature(
  headers: Record<string, string>,
  { header, value }: { header: string; value: string },
): Record<string, string> {
  const before = headers[header];
  return { ...headers, [header]: before === undefined ? value : `${before} ${value}` };
}

/** Sorts kinds in the order of their signatures in the header. */
export const byHeaderPlace = (a: SignatureKind, b: SignatureKind): number =>
  Number(signatureForms[a].comesLast) - Number(signatureForms[b].comesLast);
