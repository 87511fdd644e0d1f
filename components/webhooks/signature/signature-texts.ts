import type { EndpointOutput } from "@/lib/contract/endpoints";
import type { SignatureKind } from "@/lib/core/endpoints";
import { ed25519 } from "./ed25519";
import { hmac } from "./hmac";
import { jwt } from "./jwt";

/** The dashboard's texts about a kind of signature. One file each, listed below. */
export type SignatureTexts = {
  name: string;
  /** One sentence for the person who chooses. */
  about: string;
  /** What the receiver needs, as a heading. */
  token: string;
  /** The same within a sentence. */
  given: string;
  /** What it does, for the settings. */
  use: string;
  /** A signature, shortened, and its header. */
  example: { header: string; value: string };
  /** What a receiver has to know about the header while another kind signs beside it. */
  besideOthers: string | null;
  /** A webhook's own secret, which can be rotated and imported; `null` if the installation's key signs. */
  secret: {
    /** Within a sentence: what is rotated, long and short, and what is generated. */
    rotated: string;
    short: string;
    made: string;
    /** For the field of an imported secret. */
    ownLabel: string;
    /** Shown if an imported secret looks like hex. */
    hexWarning: string | null;
  } | null;
  /** What a receiver is started with. */
  startedWith: string;
};

/** In the order in which they are offered. */
export const signatureTexts: Record<SignatureKind, SignatureTexts> = { hmac, jwt, ed25519 };

/** A heading for the tokens of several webhooks: "HMAC signature token", "Public key", or both if there are both. */
export function tokenHeading(endpoints: readonly EndpointOutput[]): string {
  const headings = new Set(endpoints.map((endpoint) => signatureTexts[endpoint.signature].token));
  return [...headings].toSorted().join(", ").replace(", Public", " or public");
}
