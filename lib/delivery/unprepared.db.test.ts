import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { deliveriesQuery } from "../contract/deliveries";
import type { CreateEndpointInput } from "../contract/endpoints";
import { rotateSecretInput } from "../contract/signatures";
import { fromPublicId } from "../core/ids";
import { getDelivery } from "../deliveries/get-delivery";
import { listDeliveries } from "../deliveries/list-deliveries";
import { getEndpoint } from "../endpoints/get-endpoint";
import { listEndpoints } from "../endpoints/list-endpoints";
import { revealSecret } from "../endpoints/reveal-secret";
import { rotateSecret } from "../endpoints/rotate-secret";
import { testEndpoint } from "../endpoints/test-endpoint";
import { settings } from "../platform/env";
import { drain } from "../testing/drain";
import { startTestReceiver, type TestReceiver } from "../testing/test-receiver.mjs";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { closeAgent } from "./http-client/agent";

let workspace: TestWorkspace;
let receiver: TestReceiver;
const keys: Buffer[] = [];
beforeAll(async () => {
  workspace = await createTestWorkspace();
  keys.push(...settings().encryptionKeys);
  await database().sql`update workspaces set endpoint_limit = 100`;
  receiver = await startTestReceiver();
});
beforeEach(() => {
  Object.assign(settings(), { encryptionKeys: [...keys] });
  Object.assign(globalThis, { posthornInstanceKey: undefined });
});
afterAll(async () => {
  receiver.close();
  await closeAgent();
  await workspace.close();
});

const uuid = (id: string) => fromPublicId("endpoint", id);
const damageSecret = (id: string, ciphertext: string) =>
  database().sql`update endpoint_secrets set ciphertext = ${ciphertext} where endpoint_id = ${uuid(id)}`;
/** Another key of the installation, as after a restore with the wrong settings. */
const loseKey = () => {
  Object.assign(settings(), { encryptionKeys: [randomBytes(32)] });
  Object.assign(globalThis, { posthornInstanceKey: undefined });
};

type Damage = [
  what: string,
  input: Partial<CreateEndpointInput>,
  damage: (id: string) => unknown,
  detail: RegExp,
];
const damages: Damage[] = [
  [
    "a secret that was overwritten",
    {},
    (id) => damageSecret(id, "whsec_plain"),
    /secret cannot be used: it is not what was encrypted here/,
  ],
  ["no ciphertext at all", {}, (id) => damageSecret(id, ""), /secret cannot be used/],
  [
    "an Ed25519 secret that was overwritten",
    { signature: "ed25519" },
    (id) => damageSecret(id, "x:y"),
    /secret cannot be used/,
  ],
  [
    "a secret that is gone",
    {},
    (id) => database().sql`delete from endpoint_secrets where endpoint_id = ${uuid(id)}`,
    /has no signing secret/,
  ],
  [
    "a header of another place",
    { headers: { "X-Key": "s3cret" } },
    (id) => database().sql`
    update endpoints set headers = jsonb_build_object('X-Key', (select ciphertext from endpoint_secrets where endpoint_id = ${uuid(id)}))
    where id = ${uuid(id)}`,
    /header X-Key cannot be decrypted: it was altered, or belongs to another row/,
  ],
  ["an encryption key that is lost", {}, loseKey, /there is no encryption key with the id [0-9a-f]{8}$/],
  [
    "an installation's key that is lost",
    { signature: "jwt" },
    loseKey,
    /there is no encryption key with the id/,
  ],
];

test.each(damages)(
  "%s: the delivery is a failed attempt, logged and counted, and the test too",
  async (what, input, damage, detail) => {
    const { ctx } = workspace;
    const type = `unprepared.t${damages.findIndex(([name]) => name === what)}`;
    const { id } = await workspace.addEndpoint({ url: receiver.url, eventTypes: [type], ...input });
    if (input.signature === "jwt") {
      // The key is made as it signs for the first time.
      expect((await testEndpoint({ ctx, id, input: { type, data: {} } })).attempt).toMatchObject({
        httpStatus: 200,
      });
    }
    await damage(id);
    const before = receiver.received.length;
    await workspace.publish({ type, data: {} });
    await drain();

    const [delivery] = (await listDeliveries({ ctx, input: deliveriesQuery.parse({ endpointId: id }) })).data;
    expect(delivery).toMatchObject({
      status: "pending",
      inFlight: false,
      attempts: 1,
      error: "signing_failed",
    });
    const { why, attemptLog, plannedAttempts } = await getDelivery({ ctx, id: delivery?.id ?? "" });
    expect(why).toMatch(/^The request could not be prepared, so nothing was sent\. It is tried again at /);
    expect(plannedAttempts.length).toBeGreaterThan(0);
    expect(attemptLog).toMatchObject([
      {
        trigger: "automatic",
        httpStatus: null,
        error: "signing_failed",
        request: { headers: {} },
        response: null,
      },
    ]);
    expect(attemptLog[0]?.errorDetail).toMatch(detail);
    expect(attemptLog[0]?.errorDetail).not.toMatch(/whsec|whsk|s3cret/);

    const endpoint = await getEndpoint({ ctx, id });
    expect(endpoint).toMatchObject({ status: "failing", consecutiveFailures: 1 });
    expect(endpoint.health24h).toMatchObject({ requests: 1, succeeded: 0 });
    expect(endpoint.lastFailure).toMatchObject({
      error: "signing_failed",
      title: expect.stringMatching(detail),
      advice: expect.stringMatching(/POSTHORN_ENCRYPTION_KEY.*rotate the webhook's token/),
    });

    const tested = await testEndpoint({ ctx, id, input: { type, data: {} } });
    expect(tested.attempt).toMatchObject({ trigger: "test", httpStatus: null, error: "signing_failed" });
    expect(tested.attempt.errorDetail).toMatch(detail);
    expect((await getEndpoint({ ctx, id })).consecutiveFailures).toBe(1);
    expect(receiver.received).toHaveLength(before);
  },
);

test("after five that could not be prepared a webhook backs off, as after any failures", async () => {
  const { ctx } = workspace;
  const { id } = await workspace.addEndpoint({ url: receiver.url, eventTypes: ["unprepared.many"] });
  await damageSecret(id, "broken");
  await workspace.publish(Array.from({ length: 6 }, () => ({ type: "unprepared.many", data: {} })));
  await drain();
  expect(await getEndpoint({ ctx, id })).toMatchObject({
    status: "failing",
    consecutiveFailures: 5,
    nextProbeAt: expect.any(String),
  });
  const transitions = await database()
    .sql`select kind, error from endpoint_transitions where endpoint_id = ${uuid(id)}`;
  expect(transitions).toEqual([{ kind: "failing", error: "signing_failed" }]);
});

test("rotating a damaged secret repairs it, though the old one was to sign for another day", async () => {
  const { ctx } = workspace;
  const { id } = await workspace.addEndpoint({ url: receiver.url, eventTypes: ["unprepared.rotated"] });
  await damageSecret(id, "broken");
  await expect(revealSecret({ ctx, id })).rejects.toMatchObject({
    code: "conflict",
    message: "The secret cannot be decrypted: it is not what was encrypted here. Rotate it to get a new one.",
  });
  const rotated = await rotateSecret({ ctx, id, input: rotateSecretInput.parse({}) });
  expect(rotated.secret).toMatch(/^whsec_/);
  expect(rotated.expiring).toEqual([]);
  const { attempt } = await testEndpoint({ ctx, id, input: { type: "unprepared.rotated", data: {} } });
  expect(attempt).toMatchObject({ httpStatus: 200, error: null });
  expect(attempt.request.headers["webhook-signature"]).toMatch(/^v1,\S+$/);
});

test("a damaged secret does not let an older one sign alone: receivers may have left that", async () => {
  const { ctx } = workspace;
  const { id } = await workspace.addEndpoint({ url: receiver.url, eventTypes: ["unprepared.current"] });
  await rotateSecret({ ctx, id, input: rotateSecretInput.parse({}) });
  await database().sql`
    update endpoint_secrets set ciphertext = 'broken' where endpoint_id = ${uuid(id)} and expires_at is null`;
  const { attempt } = await testEndpoint({ ctx, id, input: { type: "unprepared.current", data: {} } });
  expect(attempt).toMatchObject({ httpStatus: null, error: "signing_failed" });
});

test("webhooks are shown, whatever cannot be opened", async () => {
  const { ctx } = workspace;
  const { id } = await workspace.addEndpoint({
    url: receiver.url,
    signature: "jwt",
    headers: { "x-a": "1" },
  });
  loseKey();
  expect(
    (await listEndpoints({ ctx, input: { limit: 100 } })).data.find((one) => one.id === id),
  ).toMatchObject({ publicKey: null });
});
