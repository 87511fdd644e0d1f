import type { SignatureTexts } from "./signature-texts";

export const ed25519: SignatureTexts = {
  name: "Ed25519",
  about:
    "Verified with a public key; a short header, and no size limit. No Standard Webhooks library verifies it: the receiver needs code of its own, which you get here.",
  token: "Public key",
  given: "public key",
  use: "Each request is signed with the private key that belongs to it, after the Standard Webhooks specification. It verifies requests, and cannot forge them.",
  example: { header: "webhook-signature", value: "v1a,hnO3f9T8Ytu9HwrXsl…" },
  besideOthers: null,
  secret: {
    rotated: "key",
    short: "key",
    made: "key pair",
    ownLabel: "Existing private key",
    hexWarning: null,
  },
  startedWith: "public key",
};
