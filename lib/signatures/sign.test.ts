import { createHash, createPublicKey, generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { compactVerify, jwtVerify } from "jose";
import { expect, test } from "vitest";
import { ed25519 as ed25519Kind } from "./ed25519";
import { hmac as hmacKind } from "./hmac";
import { jwtSigner } from "./jwt";
import { sign as signHeaders } from "./sign";
import type { SignedContent, Signer } from "./signature";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const publicKey = createPublicKey(privateKey);
const jwt = jwtSigner({ keyId: "key-1", privateKey });
const hmac = (): Signer => hmacKind.secret.signer(hmacKind.secret.make());
const ed25519 = (): Signer => ed25519Kind.secret.signer(ed25519Kind.secret.make());
/** The header that all kinds share. */
const sign = async (by: Signer[], content: SignedContent): Promise<string> =>
  (await signHeaders(by, content))["webhook-signature"] ?? "";

const request = (body: string, timestamp = Math.floor(Date.now() / 1_000)) => ({
  id: `dlv_${"0".repeat(32)}`,
  timestamp,
  body,
  issuer: "https://hooks.example.com",
  endpointId: `ep_${"1".repeat(32)}`,
  workspaceId: `ws_${"2".repeat(32)}`,
});
/** An event's body of so many bytes. */
const bodyOf = (bytes: number) => `{"data":"${"x".repeat(bytes - 11)}"}`;
const sha256 = (body: string) => createHash("sha256").update(body).digest("hex");

test("a JWT names who signed, for whom, when and what, and holds the body", async () => {
  const { issuer, endpointId, ...sent } = request('{"id":"evt_1","data":{"n":1}}');
  const token = await sign([jwt], { issuer, endpointId, ...sent });
  const { payload, protectedHeader } = await jwtVerify(token, publicKey, { issuer, audience: endpointId });
  expect(protectedHeader).toEqual({ alg: "RS256", typ: "JWT", kid: "key-1" });
  expect(payload).toEqual({
    iss: issuer,
    aud: endpointId,
    sub: sent.workspaceId,
    iat: sent.timestamp,
    exp: sent.timestamp + 300,
    jti: sent.id,
    body_sha256: sha256(sent.body),
    data: { id: "evt_1", data: { n: 1 } },
  });
});

test("a JWT's data keeps every digit of the body", async () => {
  const body = '{"data":{"n":12345678901234567890.10}}';
  const { payload } = await compactVerify(await sign([jwt], request(body)), publicKey);
  expect(new TextDecoder().decode(payload)).toContain(`"data":${body}}`);
});

test("a JWT is refused once its five minutes are over", async () => {
  const token = await sign([jwt], request("{}", Math.floor(Date.now() / 1_000) - 301));
  await expect(jwtVerify(token, publicKey)).rejects.toThrow(/"exp"/);
});

test("the body is in a JWT exactly while the header stays under 4 KiB", async () => {
  const lengths = new Map<number, { length: number; data: boolean }>();
  for (let bytes = 2_300; bytes < 2_600; bytes += 1) {
    const token = await sign([jwt], request(bodyOf(bytes)));
    const claims: object = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    lengths.set(bytes, { length: token.length, data: "data" in claims });
  }
  const withData = [...lengths.values()].filter((one) => one.data);
  const without = [...lengths.values()].filter((one) => !one.data);
  expect(withData.length).toBeGreaterThan(0);
  expect(without.length).toBeGreaterThan(0);
  // One byte more is one or two characters more.
  expect(Math.max(...withData.map((one) => one.length))).toBeGreaterThanOrEqual(4_094);
  expect(Math.max(...withData.map((one) => one.length))).toBeLessThan(4_096);
  expect([...lengths.values()].findIndex((one) => !one.data)).toBe(withData.length);
});

test("whatever signs a request, the header stays under 4 KiB, and each of its parts is there", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.json(),
      fc.nat(8_000),
      fc.array(fc.constantFrom("hmac", "ed25519"), { maxLength: 4 }),
      fc.nat(4),
      async (json, padding, others, place) => {
        const body = `{"data":${json}${" ".repeat(padding)}}`;
        const by: Signer[] = others.map((kind) => (kind === "hmac" ? hmac() : ed25519()));
        by.splice(Math.min(place, by.length), 0, jwt);
        const header = await sign(by, request(body));
        expect(header.length).toBeLessThan(4_096);
        const parts = header.split(" ");
        expect(parts).toHaveLength(by.length);
        // A receiver of JWTs finds its token among others: it alone has no comma, and it is the last.
        expect(parts.findIndex((part) => !part.includes(","))).toBe(parts.length - 1);
        const token = parts.at(-1) ?? "";
        const { payload } = await jwtVerify(token, publicKey);
        expect(payload.body_sha256).toBe(sha256(body));
        if (payload.data !== undefined) expect(payload.data).toEqual(JSON.parse(body));
      },
    ),
    { numRuns: 150 },
  );
});

test("the header fills its 4 KiB up to the last character, whatever precedes the JWT, and never more", async () => {
  for (const by of [[jwt], [hmac(), jwt], [hmac(), ed25519(), jwt]]) {
    const withData: number[] = [];
    for (const issuer of ["https://a.example", "https://bb.example", "https://ccc.example"]) {
      let fitting = 0;
      for (let bytes = 2_500; fitting < 3; bytes -= 1) {
        const header = await sign(by, { ...request(bodyOf(bytes)), issuer });
        const token = header.split(" ").at(-1) ?? "";
        const claims: object = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
        if (!("data" in claims)) continue;
        fitting += 1;
        withData.push(header.length);
      }
    }
    expect(Math.max(...withData)).toBe(4_095);
  }
});

test("without a JWT the signature is there at once: a drain waits for nothing", () => {
  expect(signHeaders([hmac(), ed25519()], request("{}"))).toEqual({
    "webhook-signature": expect.stringMatching(/^v1,\S+ v1a,\S+$/),
  });
});

test("a request is never sent without a signature", () => {
  expect(() => signHeaders([], request("{}"))).toThrow("no secret to sign with");
});

test("a kind with a header of its own signs beside the others", async () => {
  const own: Signer = {
    kind: "hmac",
    header: "x-hub-signature-256",
    sign: ({ body }) => `sha256=${sha256(body)}`,
  };
  expect(await signHeaders([jwt, own, hmac()], request("{}"))).toEqual({
    "webhook-signature": expect.stringMatching(/^v1,\S+ eyJ\S+$/),
    "x-hub-signature-256": `sha256=${sha256("{}")}`,
  });
});
