import type { SignatureTexts } from "./signature-texts";

export const jwt: SignatureTexts = {
  name: "JWT",
  about: "Verified with a public key; a long header of up to 4 KB, which may exceed size limits of servers.",
  token: "Public key",
  given: "address of the public keys",
  use: "Each request carries a JWT (RS256), signed with this installation's key. Its public keys are at this address, as a JWK set.",
  example: {
    header: "webhook-signature",
    value: "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6… (up to 4 KB)",
  },
  besideOthers:
    "The header then contains both, separated by a space. The JWT comes last, and is the part without a comma.",
  secret: null,
  startedWith: "public key",
};
