import type { EndpointOutput } from "@/lib/contract/endpoints";
import type { SignatureKind } from "@/lib/core/endpoints";

/** Kinds of signature as the dashboard names them. */
export const signatureWords: Record<
  SignatureKind,
  {
    name: string;
    /** One sentence for whoever chooses. */
    about: string;
    /** What the receiver needs, as a heading. */
    token: string;
    /** What it does, for the settings. */
    use: string;
    /** What stands in the `webhook-signature` header, shortened. */
    example: string;
  }
> = {
  hmac: {
    name: "HMAC",
    about: "Verified with a secret token that you and the receiver share; a short header, and no size limit.",
    token: "HMAC signature token",
    use: "Each request is signed with it, after the Standard Webhooks specification. Whoever has it can forge requests.",
    example: "v1,K5oZfzN95Z9UVu1Esc…",
  },
  jwt: {
    name: "JWT",
    about: "Verified with a public key; a long header of up to 4 KB, which may meet size limits of servers.",
    token: "Public key",
    use: "Each request carries a JWT (RS256), signed with this installation's key. Its public keys are at this address, as a JWK set.",
    example: "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6… (up to 4 KB)",
  },
  ed25519: {
    name: "Ed25519",
    about:
      "Verified with a public key; a short header, and no size limit. No Standard Webhooks library verifies it: the receiver needs code of its own, which you get here.",
    token: "Public key",
    use: "Each request is signed with the private key that belongs to it, after the Standard Webhooks specification. It verifies requests, and cannot forge them.",
    example: "v1a,hnO3f9T8Ytu9HwrXsl…",
  },
};

/** Over the tokens of several webhooks: "HMAC signature token", "Public key", or both where there are both. */
export function tokenHeading(endpoints: readonly EndpointOutput[]): string {
  const headings = new Set(endpoints.map((endpoint) => signatureWords[endpoint.signature].token));
  return [...headings].toSorted().join(", ").replace(", Public", " or public");
}
