import type { EndpointOutput } from "@/lib/contract/endpoints";
import type { SignatureKind } from "@/lib/core/endpoints";
import { ed25519 } from "./ed25519";
import { hmac } from "./hmac";
import { jwt } from "./jwt";

/** What the dashboard says of a kind of signature. One file each, listed below. */
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
  /** What a receiver has to know of the header while another kind signs beside it. */
  besideOthers: string | null;
  /** The secret of a webhook's own, which can be rotated and imported; `null` if the installation's key signs. */
  secret: {
    /** Within a sentence: what is rotated, in full and for short, and what is made. */
    rotated: string;
    short: string;
    made: string;
    /** Of the field for an imported one. */
    ownLabel: string;
    /** Shown if an imported one looks like hex. */
    hexWarning: string | null;
  } | null;
  /** What a receiver is started with. */
  startedWith: string;
};

/** In the order in which they are offered. */
export const signatureTexts: Record<SignatureKind, SignatureTexts> = { hmac, jwt, ed25519 };

/** Over the tokens of several webhooks: "HMAC signature token", "Public key", or both if there are both. */
export function tokenHeading(endpoints: readonly EndpointOutput[]): string {
  const headings = new Set(endpoints.map((endpoint) => signatureTexts[endpoint.signature].token));
  return [...headings].toSorted().join(", ").replace(", Public", " or public");
}
