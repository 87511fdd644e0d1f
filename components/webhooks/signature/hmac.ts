import type { SignatureTexts } from "./signature-texts";

export const hmac: SignatureTexts = {
  name: "HMAC",
  about: "Verified with a secret token that you and the receiver share; a short header, and no size limit.",
  token: "HMAC signature token",
  given: "signature token",
  use: "Each request is signed with it, following the Standard Webhooks specification. Anyone who has it can forge requests.",
  example: { header: "webhook-signature", value: "v1,K5oZfzN95Z9UVu1Esc…" },
  besideOthers: null,
  secret: {
    rotated: "signature token",
    short: "token",
    made: "token",
    ownLabel: "Existing signature token",
    hexWarning:
      "This looks like hex, as Dub uses. Posthorn reads it as base64, so its signatures would differ from those of a system that signs with the hex bytes or the text, and the receiver would refuse them.",
  },
  startedWith: "token",
};
