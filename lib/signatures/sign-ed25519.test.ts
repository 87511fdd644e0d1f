import { createPublicKey, verify } from "node:crypto";
import { expect, test } from "vitest";
import { importKey } from "./import-key";
import { makeSecret } from "./make-secret";
import { publicKeyOf } from "./public-key";
import { signEd25519 } from "./sign-ed25519";

/** The first example of RFC 8032, section 7.1. */
const example = {
  seed: Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "hex"),
  publicKey: Buffer.from("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "hex"),
};

/** Verifies as a receiver does that knows nothing but the published key. */
function holds(publicKey: string, signature: string, content: string): boolean {
  const x = Buffer.from(publicKey.replace(/^whpk_/, ""), "base64").toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  return verify(null, Buffer.from(content), key, Buffer.from(signature.replace(/^v1a,/, ""), "base64"));
}

test("a secret's public key is the one that RFC 8032 derives from it", () => {
  expect(publicKeyOf(`whsk_${example.seed.toString("base64")}`)).toBe(
    `whpk_${example.publicKey.toString("base64")}`,
  );
});

test("a signature holds by the public key alone, for this id, time and body only", () => {
  const secret = makeSecret("ed25519");
  const publicKey = publicKeyOf(secret) ?? "";
  expect(publicKey).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/);
  const signature = signEd25519(importKey("ed25519", secret), {
    id: "dlv_1",
    timestamp: 17,
    body: '{"a":"ü"}',
  });
  expect(signature).toMatch(/^v1a,[A-Za-z0-9+/]{86}==$/);
  expect(holds(publicKey, signature, 'dlv_1.17.{"a":"ü"}')).toBe(true);
  expect(holds(publicKey, signature, 'dlv_2.17.{"a":"ü"}')).toBe(false);
  expect(holds(publicKey, signature, 'dlv_1.18.{"a":"ü"}')).toBe(false);
  expect(holds(publicKey, signature, 'dlv_1.17.{"a":"u"}')).toBe(false);
  expect(holds(publicKeyOf(makeSecret("ed25519")) ?? "", signature, 'dlv_1.17.{"a":"ü"}')).toBe(false);
});

test("a secret that names the public key of another is refused", () => {
  const foreign = Buffer.concat([example.seed, Buffer.alloc(32, 7)]);
  expect(publicKeyOf(`whsk_${foreign.toString("base64")}`)).toBeNull();
  const own = Buffer.concat([example.seed, example.publicKey]);
  expect(publicKeyOf(`whsk_${own.toString("base64")}`)).not.toBeNull();
});
