import type { SignatureKind } from "./endpoints";

/** Kinds of signature with a secret of the endpoint's own. A JWT is signed with the installation's key. */
export type SecretKind = Exclude<SignatureKind, "jwt">;

/** Prefixes of secrets, after the Standard Webhooks specification. */
export const secretPrefixes: Record<SecretKind, string> = { hmac: "whsec_", ed25519: "whsk_" };
export const publicKeyPrefix = "whpk_";

/** A secret that is hex by its looks: 24 random bytes in base64 have only such digits once in 10^14. */
export const hexSecret = /^(whsec_|whsk_)?[0-9a-f]{32,}$/i;

/** How long an old secret signs beside the new one, where nothing else is asked for. */
export const expireOldAfterHoursDefault = 24;
export const expireOldAfterHoursMax = 168;

/** Secrets that sign at a time: each makes the header longer. */
export const signingSecretsMax = 5;

/** A JWT holds the body only while the whole `webhook-signature` is shorter: servers refuse long headers. */
export const signatureBytesMax = 4_096;

/** Where the installation's public keys are, below its origin (RFC 8615, RFC 7517). */
export const jwksPath = "/.well-known/jwks.json";

/** For sorting kinds as their signatures stand in the header: a JWT comes last. */
export const byHeaderPlace = (a: SignatureKind, b: SignatureKind): number =>
  Number(a === "jwt") - Number(b === "jwt");
