import { createPublicKey, verify } from "node:crypto";
import { expect, test } from "vitest";
import { ed25519 } from "./ed25519";
import { hmac } from "./hmac";
import { sign } from "./sign";

const { make, problem, publicKey: publicKeyOf, signer } = ed25519.secret;

/** The first example of RFC 8032, section 7.1. */
const example = {
  seed: Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "hex"),
  publicKey: Buffer.from("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "hex"),
};

/** Verifies as a receiver does that knows only the published key. */
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

test("a signature holds by the public key alone, for this id, time and body only", async () => {
  const secret = make();
  const publicKey = publicKeyOf(secret);
  expect(publicKey).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/);
  const { "webhook-signature": signature = "" } = await sign([signer(secret)], {
    id: "dlv_1",
    timestamp: 17,
    body: '{"a":"ü"}',
    issuer: "https://a.example",
    endpointId: "ep_1",
    workspaceId: "ws_1",
  });
  expect(signature).toMatch(/^v1a,[A-Za-z0-9+/]{86}==$/);
  expect(holds(publicKey, signature, 'dlv_1.17.{"a":"ü"}')).toBe(true);
  expect(holds(publicKey, signature, 'dlv_2.17.{"a":"ü"}')).toBe(false);
  expect(holds(publicKey, signature, 'dlv_1.18.{"a":"ü"}')).toBe(false);
  expect(holds(publicKey, signature, 'dlv_1.17.{"a":"u"}')).toBe(false);
  expect(holds(publicKeyOf(make()), signature, 'dlv_1.17.{"a":"ü"}')).toBe(false);
});

test("a secret that names the public key of another is refused", () => {
  const foreign = Buffer.concat([example.seed, Buffer.alloc(32, 7)]);
  expect(problem(`whsk_${foreign.toString("base64")}`)).toMatch(
    /must end with the public key of its private key/,
  );
  const own = Buffer.concat([example.seed, example.publicKey]);
  expect(problem(`whsk_${own.toString("base64")}`)).toBeNull();
});

test("what is no secret of its kind becomes no key: nothing is signed with other bytes, or with none", () => {
  for (const secret of ["", hmac.secret.make()])
    expect(() => signer(secret)).toThrow("it does not begin with whsk_");
  expect(() => signer("whsk_")).toThrow("it is empty");
});

test("a new secret holds its public key after the private one", () => {
  const secret = make();
  const bytes = Buffer.from(secret.slice("whsk_".length), "base64");
  expect(bytes).toHaveLength(64);
  expect(publicKeyOf(secret)).toBe(`whpk_${bytes.subarray(32).toString("base64")}`);
});
