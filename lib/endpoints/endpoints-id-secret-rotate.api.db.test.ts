import { expect, test } from "vitest";
import * as rotate from "@/app/api/v1/endpoints/[id]/secret/rotate/route";
import type { SecretOutput } from "../contract/endpoints";
import { signingSecretsMax } from "../core/signatures";
import { call, expectDone, expectFieldError, expectProblem, makeKey, startTestApi } from "../testing/api";
import { revealSecret } from "./reveal-secret";

const { id: workspaceId, ctx, key, addEndpoint } = await startTestApi();

const ask = (id: string, body?: object, as = key) =>
  call<SecretOutput>(rotate, "POST", `/endpoints/${id}/secret/rotate`, { as, ...(body ? { body } : {}) });

test("a request without a body makes a new secret, and the old one signs beside it for a day", async () => {
  const { id } = await addEndpoint();
  const { secret: old } = await revealSecret({ ctx, id });
  const rotated = await ask(id);
  expectDone(rotated);
  expect(rotated.body).toMatchObject({
    secret: expect.stringMatching(/^whsec_/),
    expiring: [{ signature: "hmac", secret: old, expiresAt: expect.any(String) }],
  });
  expect(rotated.body).toEqual(await revealSecret({ ctx, id }));
});

test("an imported secret is taken, and with 0 hours it alone signs", async () => {
  const { id } = await addEndpoint();
  const secret = `whsec_${"Z".repeat(32)}`;
  const rotated = await ask(id, { secret, expireOldAfterHours: 0 });
  expect(rotated.body).toMatchObject({ secret, expiring: [] });
});

test("a key needs the right to change webhooks as well as that to read secrets", async () => {
  const { id } = await addEndpoint();
  for (const scopes of [["secrets:read"], ["endpoints:write"]] as const) {
    expectProblem(await ask(id, {}, await makeKey(workspaceId, [...scopes])), 403, "forbidden");
  }
  expectDone(await ask(id, {}, await makeKey(workspaceId, ["secrets:read", "endpoints:write"])));
});

test("a webhook that the installation's key signs for is answered 409", async () => {
  const { id } = await addEndpoint({ signature: "jwt" });
  expectProblem(await ask(id), 409, "conflict");
});

test("one more than may sign at a time is answered 409, until the old ones are let go", async () => {
  const { id } = await addEndpoint();
  for (let signing = 1; signing < signingSecretsMax; signing += 1) expectDone(await ask(id));
  expect(expectProblem(await ask(id), 409, "limit_reached").detail).toContain("set expireOldAfterHours to 0");
  expectDone(await ask(id, { expireOldAfterHours: 0 }));
});

test.each<[body: object, path: string, message: string]>([
  [{ expireOldAfterHours: -1 }, "expireOldAfterHours", "must be a whole number from 0 to 168"],
  [{ expireOldAfterHours: "1" }, "expireOldAfterHours", "must be a whole number from 0 to 168"],
  [{ secret: "secret" }, "secret", "must be whsec_ (hmac) or whsk_ (ed25519) followed by base64"],
  [{ secret: `whsk_${"A".repeat(43)}=` }, "secret", "must be whsec_ followed by base64"],
  [{ secret: `whsec_${"0".repeat(64)}` }, "secret", "looks like hex, but would be read as base64"],
  [{ secretEncoding: "base64" }, "secretEncoding", "can only be set together with `secret`"],
])("%j is answered 422, naming the field, and the secret stays", async (body, path, message) => {
  const { id } = await addEndpoint();
  const before = await revealSecret({ ctx, id });
  expectFieldError(await ask(id, body), path, message);
  expect(await revealSecret({ ctx, id })).toEqual(before);
});
