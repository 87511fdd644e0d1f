import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { hmac } from "../signatures/hmac";
import { sign } from "../signatures/sign";
import { createEndpointInput, updateEndpointInput } from "./endpoints";
import { rotateSecretInput, secretProblem } from "./signatures";

const url = "https://example.com";
const someone = { issuer: "https://a.example", endpointId: "ep_1", workspaceId: "ws_1" };
/** What is wrong with a webhook of that secret, by field. */
function problems(input: object): string[] {
  const { error } = createEndpointInput.safeParse({ url, ...input });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}
const keptOf = (secret: string) => createEndpointInput.parse({ url, secret }).secret ?? "";

test("whatever Svix takes as an HMAC secret signs as its receivers expect, with the prefix or without", async () => {
  const request = { id: "msg_1", timestamp: Math.floor(Date.now() / 1_000), body: "{}", ...someone };
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 24, maxLength: 75 }),
      fc.boolean(),
      async (bytes, prefixed) => {
        const base64 = Buffer.from(bytes).toString("base64");
        fc.pre(!/^[0-9a-f]+$/i.test(base64));
        const kept = keptOf(prefixed ? `whsec_${base64}` : base64);
        expect(kept).toBe(`whsec_${base64}`);
        expect(secretProblem("hmac", { secret: kept })).toBeNull();
        new Webhook(base64).verify(request.body, {
          "webhook-id": request.id,
          "webhook-timestamp": String(request.timestamp),
          ...(await sign([hmac.secret.signer(kept)], request)),
        });
      },
    ),
  );
});

test("an HMAC secret of 23 or 76 bytes is refused, and so is base64 that is cut off or wrongly padded", () => {
  const ofBytes = (count: number) => Buffer.alloc(count, 200).toString("base64");
  for (const count of [23, 76])
    expect(problems({ secret: `whsec_${ofBytes(count)}` })).toEqual(["secret: must hold 24 to 75 bytes"]);
  for (const secret of [
    `${ofBytes(24)}A`,
    `${ofBytes(24)}=`,
    `${ofBytes(26)}=`,
    `${ofBytes(25)}=`.slice(0, -2),
  ]) {
    expect(problems({ secret: `whsec_${secret}` }), secret).toEqual([
      "secret: must be whsec_ followed by base64; this one is cut off or has wrong padding",
    ]);
  }
  expect(problems({ secret: ofBytes(25).replace(/=+$/, "") })).toEqual([]);
});

test("a secret that looks like hex is refused with the way to have it, whatever its length and notation", () => {
  for (const bytes of [16, 20, 24, 28]) {
    const hex = randomBytes(bytes).toString("hex");
    for (const secret of [`whsec_${hex}`, hex, `whsec_${hex.toUpperCase()}`]) {
      expect(problems({ secret }), secret).toEqual([
        expect.stringMatching(/^secret: looks like hex.*secretEncoding to "base64"$/),
      ]);
      expect(problems({ secret, secretEncoding: "base64" })).toEqual([]);
    }
  }
  const tooLong = `whsec_${randomBytes(64).toString("hex")}`;
  expect(problems({ secret: tooLong })).toEqual([
    "secret: must hold 24 to 75 bytes as base64; this looks like hex",
  ]);
});

test("a secret of another kind, and an encoding without a secret, are named at their field", () => {
  const ed25519 = { signature: "ed25519" };
  expect(problems({ ...ed25519, secret: Buffer.alloc(32, 200).toString("base64") })).toEqual([
    "secret: must be whsk_ followed by base64",
  ]);
  expect(problems({ ...ed25519, secret: `whsk_${randomBytes(32).toString("hex")}` })).toEqual([
    "secret: must hold 32 or 64 bytes as base64; this looks like hex",
  ]);
  expect(problems({ secretEncoding: "base64" })).toEqual([
    "secretEncoding: can only be set together with `secret`",
  ]);
  const paths = (input: object) =>
    updateEndpointInput.safeParse(input).error?.issues.map(({ path }) => path.join());
  expect(paths({ secretEncoding: "base64" })).toEqual(["secretEncoding"]);
  expect(paths({ signature: "hmac", secretEncoding: "base64" })).toEqual(["secretEncoding"]);
  expect(paths({ signature: "hmac", secret: `whsec_${"ab".repeat(16)}` })).toEqual(["secret"]);
  expect(rotateSecretInput.safeParse({ secretEncoding: "hex" }).success).toBe(false);
});
