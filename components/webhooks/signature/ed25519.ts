import type { SignatureTexts } from "./signature-texts";

export const ed25519: SignatureTexts = {
  name: "Ed25519",
  about:
    "Verified with a public key; a short header, and no size limit. Standard Webhooks libraries can't verify it, so the receiver needs its own code, which you get here.",
  token: "Public key",
  given: "public key",
  use: "Each request is signed with the matching private key, following the Standard Webhooks specification. The public key can verify requests, but not forge them.",
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
