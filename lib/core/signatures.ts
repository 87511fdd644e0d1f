import type { SignatureKind } from "./endpoints";

/** What the API and its forms need to know about a kind of signature. Signing itself is in `lib/signatures`. */
type SignatureForm = {
  /** A webhook's own secret: a prefix, and base64 of so many bytes. `null`: the installation's key signs. */
  secret: { prefix: string; fits: (bytes: number) => boolean; sizes: string } | null;
  /** What verifies it, for the API's documentation; `null`: the secret itself. */
  publicKey: string | null;
  /**
   * Its position in the header: Python's libraries fail at a JWT, which has no comma, unless an earlier part is
   * valid.
   */
  comesLast: boolean;
};

export const signatureForms = {
  // 24 to 64 bytes by Standard Webhooks, and up to 75, as Svix accepts them.
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
    // A private key alone, or followed by its public key.
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

/** A secret that looks like hex: base64 of 24 random bytes has only hex digits once in 10^14. */
export const hexSecret = /^(whsec_|whsk_)?[0-9a-f]{32,}$/i;

/** How long an old secret signs beside the new one by default. */
export const expireOldAfterHoursDefault = 24;
export const expireOldAfterHoursMax = 168;

/** The most secrets that sign at a time, because each makes the header longer. */
export const signingSecretsMax = 5;

/** A JWT contains the body only if the whole `webhook-signature` is shorter than this: servers refuse long headers. */
export const signatureBytesMax = 4_096;

/** The path of the installation's public keys, relative to its origin (RFC 8615, RFC 7517). */
export const jwksPath = "/.well-known/jwks.json";

/** Adds a signature to those in its header, separated by spaces. */
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
