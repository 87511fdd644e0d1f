import { createPublicKey, verify as verifyBytes } from "node:crypto";
import { jwtVerify } from "jose";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { type CreateEndpointInput, updateEndpointInput } from "../contract/endpoints";
import { rotateSecretInput } from "../contract/signatures";
import { fromPublicId } from "../core/ids";
import { closeAgent } from "../delivery/http-client/agent";
import { ed25519 } from "../signatures/ed25519";
import { instanceKey } from "../signatures/instance-key";
import { type Received, startTestReceiver, type TestReceiver } from "../testing/test-receiver.mjs";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { getEndpoint } from "./get-endpoint";
import { revealSecret } from "./reveal-secret";
import { rotateSecret } from "./rotate-secret";
import { testEndpoint } from "./test-endpoint";
import { updateEndpoint } from "./update-endpoint";

let workspace: TestWorkspace;
let receiver: TestReceiver;
beforeAll(async () => {
  workspace = await createTestWorkspace();
  await database().sql`update workspaces set endpoint_limit = 100`;
  receiver = await startTestReceiver();
});
afterAll(async () => {
  receiver.close();
  await closeAgent();
  await workspace.close();
});

const add = (input: Partial<CreateEndpointInput> = {}) =>
  workspace.addEndpoint({ url: receiver.url, ...input });
const rotate = (id: string, input: object = {}) =>
  rotateSecret({ ctx: workspace.ctx, id, input: rotateSecretInput.parse(input) });
const patch = (id: string, input: object) =>
  updateEndpoint({ ctx: workspace.ctx, id, input: updateEndpointInput.parse(input) });
const reveal = (id: string) => revealSecret({ ctx: workspace.ctx, id });

/** What the receiver gets: a real request. */
async function request(id: string): Promise<Received> {
  await testEndpoint({ ctx: workspace.ctx, id, input: { type: "invoice.paid" } });
  const last = receiver.received.at(-1);
  if (!last) throw new Error("nothing was sent");
  return last;
}

const signatures = ({ headers }: Received) => (headers["webhook-signature"] ?? "").split(" ");

function holdsForSecret(secret: string | null, { body, headers }: Received): boolean {
  try {
    return new Webhook(secret ?? "").verify(body, headers) !== undefined;
  } catch {
    return false;
  }
}

function holdsForKey(publicKey: string | null, sent: Received): boolean {
  const x = Buffer.from((publicKey ?? "").replace("whpk_", ""), "base64").toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  const content = `${sent.headers["webhook-id"]}.${sent.headers["webhook-timestamp"]}.${sent.body}`;
  return signatures(sent)
    .filter((part) => part.startsWith("v1a,"))
    .some((part) => verifyBytes(null, Buffer.from(content), key, Buffer.from(part.slice(4), "base64")));
}

/** Moves the ends of an endpoint's old secrets to the past. */
const letOldOnesExpire = (id: string) => database().sql`
  update endpoint_secrets set expires_at = now() - interval '1 second'
  where endpoint_id = ${fromPublicId("endpoint", id)} and expires_at is not null`;

test("after a rotation a receiver with either secret accepts requests, for 24 hours", async () => {
  const { id } = await add();
  const { secret: old } = await reveal(id);
  const rotated = await rotate(id);
  expect(rotated.secret).not.toBe(old);
  expect(rotated.expiring).toMatchObject([{ signature: "hmac", secret: old }]);
  const hoursLeft = (Date.parse(rotated.expiring[0]?.expiresAt ?? "") - Date.now()) / 3_600_000;
  expect(Math.round(hoursLeft)).toBe(24);
  const sent = await request(id);
  expect(signatures(sent)).toHaveLength(2);
  expect(holdsForSecret(old, sent) && holdsForSecret(rotated.secret, sent)).toBe(true);
  expect(await getEndpoint({ ctx: workspace.ctx, id })).toMatchObject({
    expiringSignatures: [{ signature: "hmac", expiresAt: rotated.expiring[0]?.expiresAt }],
  });
  expect(await reveal(id)).toEqual(rotated);
});

test("an expired secret signs no more, and is not shown", async () => {
  const { id } = await add();
  const { secret: old } = await reveal(id);
  const { secret } = await rotate(id, { expireOldAfterHours: 168 });
  await letOldOnesExpire(id);
  const sent = await request(id);
  expect(signatures(sent)).toHaveLength(1);
  expect([holdsForSecret(old, sent), holdsForSecret(secret, sent)]).toEqual([false, true]);
  expect((await reveal(id)).expiring).toEqual([]);
  expect((await getEndpoint({ ctx: workspace.ctx, id })).expiringSignatures).toEqual([]);
});

test("with 0 hours every old secret ends at once, and is gone from the database", async () => {
  const { id } = await add();
  await rotate(id);
  const { secret, expiring } = await rotate(id, { expireOldAfterHours: 0 });
  expect(expiring).toEqual([]);
  const sent = await request(id);
  expect(signatures(sent)).toHaveLength(1);
  expect(holdsForSecret(secret, sent)).toBe(true);
  const rows = await database().sql`
    select from endpoint_secrets where endpoint_id = ${fromPublicId("endpoint", id)}`;
  expect(rows).toHaveLength(1);
});

test("an Ed25519 webhook publishes its key, and a rotation signs with both key pairs", async () => {
  const { id, publicKey } = await add({ signature: "ed25519" });
  expect(publicKey).toMatch(/^whpk_/);
  expect(holdsForKey(publicKey, await request(id))).toBe(true);
  const rotated = await rotate(id);
  expect(rotated.publicKey).not.toBe(publicKey);
  expect(await getEndpoint({ ctx: workspace.ctx, id })).toMatchObject({ publicKey: rotated.publicKey });
  const sent = await request(id);
  expect(holdsForKey(publicKey, sent) && holdsForKey(rotated.publicKey, sent)).toBe(true);
});

test("a change of kind signs in both ways for a time, and can be taken back", async () => {
  const { id } = await add();
  const { secret } = await reveal(id);
  const changed = await patch(id, { signature: "ed25519" });
  expect(changed).toMatchObject({ signature: "ed25519", expiringSignatures: [{ signature: "hmac" }] });
  const sent = await request(id);
  expect(signatures(sent)).toHaveLength(2);
  expect(holdsForSecret(secret, sent) && holdsForKey(changed.publicKey, sent)).toBe(true);

  expect(await patch(id, { signature: "hmac" })).toMatchObject({
    publicKey: null,
    expiringSignatures: [{ signature: "ed25519" }],
  });
  expect(await reveal(id)).toMatchObject({ secret, expiring: [{ signature: "ed25519" }] });
  const again = await request(id);
  expect(holdsForSecret(secret, again) && holdsForKey(changed.publicKey, again)).toBe(true);
  await letOldOnesExpire(id);
  expect(holdsForSecret(secret, await request(id))).toBe(true);
});

test("while a change to JWT overlaps, both kinds of receivers find their part", async () => {
  const { id } = await add();
  const { secret } = await reveal(id);
  const changed = await patch(id, { signature: "jwt", expireOldAfterHours: 1 });
  expect(changed).toMatchObject({ jwksUrl: expect.stringMatching(/\/\.well-known\/jwks\.json$/) });
  const sent = await request(id);
  expect(holdsForSecret(secret, sent)).toBe(true);
  const [first, token = ""] = signatures(sent);
  expect(first).toMatch(/^v1,/);
  const { payload } = await jwtVerify(token, createPublicKey(changed.publicKey ?? ""), { audience: id });
  expect(payload.jti).toBe(sent.headers["webhook-id"]);
  expect((await instanceKey()).publicKeyPem).toBe(changed.publicKey);
  expect(await reveal(id)).toMatchObject({ secret: null, expiring: [{ signature: "hmac", secret }] });

  await patch(id, { signature: "hmac" });
  const back = signatures(await request(id));
  expect(back).toEqual([expect.stringMatching(/^v1,/), expect.not.stringContaining(",")]);

  await patch(id, { signature: "hmac", expireOldAfterHours: 0 });
  await letOldOnesExpire(id);
  const after = await request(id);
  expect(signatures(after)).toHaveLength(1);
  expect(holdsForSecret(secret, after)).toBe(true);
});

test("the same kind again changes nothing", async () => {
  const { id } = await add({ signature: "ed25519" });
  const before = await reveal(id);
  expect(await patch(id, { signature: "ed25519", name: "Other" })).toMatchObject({ name: "Other" });
  expect(await reveal(id)).toEqual(before);
  await expect(patch(id, { signature: "ed25519", secret: ed25519.secret.make() })).rejects.toMatchObject({
    code: "validation_failed",
    extra: { errors: [{ path: "secret" }] },
  });
});

test("an imported secret signs; one of another kind, or with a foreign public key, is refused", async () => {
  const brought = `whsec_${Buffer.alloc(24, 9).toString("base64")}`;
  const { id } = await add();
  expect(await rotate(id, { secret: brought })).toMatchObject({ secret: brought });
  expect(holdsForSecret(brought, await request(id))).toBe(true);
  const refused = { code: "validation_failed", extra: { errors: [{ path: "secret" }] } };
  const hex = { secret: `whsec_${"0a".repeat(16)}` };
  await expect(rotate(id, hex)).rejects.toMatchObject(refused);
  expect(await rotate(id, { ...hex, secretEncoding: "base64" })).toMatchObject(hex);
  expect(holdsForSecret(hex.secret, await request(id))).toBe(true);
  const changed = await add({ signature: "ed25519" });
  expect(await patch(changed.id, { signature: "hmac", ...hex, secretEncoding: "base64" })).toMatchObject({
    signature: "hmac",
  });
  await expect(rotate(id, { secret: ed25519.secret.make() })).rejects.toMatchObject(refused);
  const foreign = `whsk_${Buffer.alloc(64, 9).toString("base64")}`;
  await expect(add({ signature: "ed25519", secret: foreign })).rejects.toMatchObject(refused);
  expect(await reveal(id)).toMatchObject(hex);
});

test("rotations at once leave one current secret, and all others expiring", async () => {
  const { id } = await add();
  await Promise.all(Array.from({ length: 4 }, () => rotate(id)));
  const { secret, expiring } = await reveal(id);
  expect(new Set([secret, ...expiring.map((one) => one.secret)]).size).toBe(5);
  const sent = await request(id);
  expect([secret, ...expiring.map((one) => one.secret)].every((one) => holdsForSecret(one, sent))).toBe(true);
  // The header would grow without end; ending the old ones is always possible.
  await expect(rotate(id)).rejects.toMatchObject({ code: "limit_reached" });
  expect((await reveal(id)).secret).toBe(secret);
  expect((await rotate(id, { expireOldAfterHours: 0 })).expiring).toEqual([]);
});

test("a JWT webhook has no secret to rotate or to bring along", async () => {
  const { id } = await add({ signature: "jwt" });
  await expect(rotate(id)).rejects.toMatchObject({ code: "conflict" });
  expect(await reveal(id)).toMatchObject({ secret: null, expiring: [] });
});

test("a rotation needs both the right to change webhooks and the one to read secrets", async () => {
  const { id } = await add();
  for (const scope of ["endpoints:write", "secrets:read"] as const) {
    const actor = { type: "user", id: "u", name: "Ana", role: "developer", scopes: [scope] } as const;
    const ctx = { ...workspace.ctx, actor };
    const input = rotateSecretInput.parse({});
    await expect(rotateSecret({ ctx, id, input })).rejects.toMatchObject({ code: "forbidden" });
  }
});

test("neither the audit log nor a webhook as it is shown holds a secret", async () => {
  const { id } = await add({ signature: "ed25519" });
  const { secret: first } = await reveal(id);
  const { secret: second } = await rotate(id);
  await patch(id, { signature: "hmac" });
  const { secret: third } = await reveal(id);
  const shown = JSON.stringify([
    await getEndpoint({ ctx: workspace.ctx, id }),
    await database().sql`select * from audit_log`,
  ]);
  for (const secret of [first, second, third]) expect(shown).not.toContain(secret);
});

test("retry policy and rate limit are kept, changed and taken back", async () => {
  const { id, ...added } = await add({ retryPolicy: { retries: 3 }, rateLimit: 50 });
  expect(added).toMatchObject({ retryPolicy: { retries: 3, retryOn: "any" }, rateLimit: 50 });
  expect(await patch(id, { retryPolicy: { retries: null, retryOn: "5xx" }, rateLimit: 1 })).toMatchObject({
    retryPolicy: { retries: null, retryOn: "5xx" },
    rateLimit: 1,
  });
  expect(await patch(id, { name: "Other" })).toMatchObject({ rateLimit: 1 });
  expect(await patch(id, { retryPolicy: null, rateLimit: null })).toMatchObject({
    retryPolicy: null,
    rateLimit: null,
  });
});
