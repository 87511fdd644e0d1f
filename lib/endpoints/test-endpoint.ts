import { randomUUID } from "node:crypto";
import { parse, stringify } from "lossless-json";
import type { Transaction } from "@/db/connection/client";
import { database } from "@/db/connection/database";
import type { ClaimedDelivery } from "@/db/queries/claim-deliveries";
import { findEndpointSecrets } from "@/db/queries/endpoint-secrets";
import { findEventType } from "@/db/queries/event-types";
import { insertTest } from "@/db/queries/insert-test";
import { lockEndpointsForShare } from "@/db/queries/lock-for-share";
import { recordAttempts } from "@/db/queries/record-attempts";
import { type TestEndpointOutput, testEndpointInput } from "../contract/endpoints";
import { leaseSeconds } from "../core/delivery-limits";
import { retryPolicyDefault } from "../core/endpoints";
import { envelope } from "../core/envelope";
import { validationFailed } from "../core/errors";
import { fromPublicId, newId, toPublicId } from "../core/ids";
import { findTooDeep, jsonDepthMessage } from "../core/json-depth";
import { type Input, parseInput } from "../core/parse-input";
import { timeOfId } from "../core/time-of-id.mjs";
import { presentAttempt } from "../deliveries/present-delivery";
import { attempt } from "../delivery/attempt";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { requireEndpoint } from "./get-endpoint";
import { requireAllowedUrl } from "./require-allowed-url";

/**
 * Sends a test event and answers with the attempt, once made. The data is what is given, else the example of the
 * event type; never something that was published. It goes to the URL that is given, else to the webhook's. It is in the log, marked as a test, never counted, never retried,
 * and also works while the webhook is disabled.
 *
 * @throws AppError `validation_failed` if no data is given and the catalogue lacks the type, or if the URL is not one that webhooks may have
 */
export async function testEndpoint({
  ctx,
  id,
  input,
}: {
  ctx: Context;
  id: string;
  input: Input<typeof testEndpointInput>;
}): Promise<TestEndpointOutput> {
  const { type, url, data: given } = parseInput(testEndpointInput, input);
  const delivery = await withAudit({ ctx, scope: "endpoints:write", action: "endpoint.test" }, async (tx) => {
    const uuid = fromPublicId("endpoint", id);
    if (uuid) await lockEndpointsForShare(tx, { workspaceId: ctx.workspace.id, ids: [uuid] });
    const endpoint = await requireEndpoint(ctx, tx, id);
    if (url !== undefined && url !== endpoint.url) requireAllowedUrl(url);
    const secrets = await findEndpointSecrets(tx, { workspaceId: ctx.workspace.id, id: endpoint.id });
    const data = given ?? (await exampleOf(tx, ctx.workspace.id, type));
    const eventId = newId();
    const claimed: ClaimedDelivery = {
      id: newId(),
      token: randomUUID(),
      workspaceId: ctx.workspace.id,
      endpointId: endpoint.id,
      eventId,
      type,
      test: true,
      trigger: "test",
      pending: true,
      attempts: 0,
      automaticAttempts: 0,
      body: envelope.write({
        id: toPublicId("event", eventId),
        type,
        timestamp: timeOfId(eventId),
        data: stringify(data) ?? "{}",
      }),
      traceparent: null,
      url: url ?? endpoint.url,
      retryPolicy: retryPolicyDefault,
      headers: endpoint.headers,
      secrets: secrets.map(({ kind, ciphertext }) => ({ kind, ciphertext })),
      concurrency: null,
    };
    await insertTest(tx, {
      ...claimed,
      deliveryId: claimed.id,
      leaseSeconds,
    });
    return {
      result: claimed,
      targetId: endpoint.id,
      targetName: endpoint.name,
      details: { type, ...(url === undefined ? {} : { url }) },
    };
  });
  const record = await attempt(delivery);
  await recordAttempts(database().sql, {
    records: [record],
    hours: [],
    endpoints: [],
    probeDelayMs: () => 0,
  });
  return {
    eventId: toPublicId("event", delivery.eventId),
    deliveryId: toPublicId("delivery", delivery.id),
    attempt: presentAttempt({ ...delivery, ...record, startedAt: new Date(record.startedAt) }),
  };
}

async function exampleOf(tx: Transaction, workspaceId: string, type: string): Promise<unknown> {
  const known = await findEventType(tx, { workspaceId, name: type });
  if (known) return readExample(known.example);
  throw validationFailed([
    { path: "type", message: "is not in the catalogue, so there is no example; send `data` too" },
  ]);
}

/** An example that an earlier version took may be nested more deeply than can be sent by now. */
function readExample(text: string): unknown {
  const example: unknown = JSON.parse(text);
  if (findTooDeep(example) === null) return parse(text);
  throw validationFailed([
    {
      path: "type",
      message: `has an example that is nested too deeply: it ${jsonDepthMessage}; send \`data\` too`,
    },
  ]);
}
