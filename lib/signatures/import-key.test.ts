import { expect, test } from "vitest";
import { importKey } from "./import-key";
import { makeSecret } from "./make-secret";
import { publicKeyOf } from "./public-key";

test("what is no secret of its kind becomes no key: nothing is signed with other bytes, or with none", () => {
  for (const secret of ["", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", makeSecret("ed25519"), " whsec_AAAA"])
    expect(() => importKey("hmac", secret)).toThrow("it does not begin with whsec_");
  for (const secret of ["", makeSecret("hmac")])
    expect(() => importKey("ed25519", secret)).toThrow("it does not begin with whsk_");
  expect(() => importKey("hmac", "whsec_")).toThrow("it is empty");
  expect(() => importKey("ed25519", "whsk_")).toThrow("it is empty");
});

test("a new Ed25519 secret holds its public key after the private one", () => {
  const secret = makeSecret("ed25519");
  const bytes = Buffer.from(secret.slice("whsk_".length), "base64");
  expect(bytes).toHaveLength(64);
  expect(publicKeyOf(secret)).toBe(`whpk_${bytes.subarray(32).toString("base64")}`);
});
