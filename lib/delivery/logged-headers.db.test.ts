import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { deliveriesQuery } from "../contract/deliveries";
import { getDelivery } from "../deliveries/get-delivery";
import { listDeliveries } from "../deliveries/list-deliveries";
import { testEndpoint } from "../endpoints/test-endpoint";
import { drain } from "../testing/drain";
import { type Received, startTestReceiver, type TestReceiver } from "../testing/test-receiver.mjs";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { closeAgent } from "./http-client/agent";

let workspace: TestWorkspace;
let receiver: TestReceiver;
beforeAll(async () => {
  workspace = await createTestWorkspace();
  receiver = await startTestReceiver();
});
afterAll(async () => {
  receiver.close();
  await closeAgent();
  await workspace.close();
});

/** What the HTTP client adds, which the log leaves out. */
const ofTheClient = /^(host|connection|content-length|transfer-encoding|accept.*)$/;

/** What came, with custom values masked, as the log is to show it. */
function expected({ headers }: Received): Record<string, string> {
  const sent = Object.entries(headers).filter(([name]) => !ofTheClient.test(name));
  return Object.fromEntries(sent.map(([name, value]) => [name, name === "x-tenant" ? "••••••" : value]));
}

async function loggedHeaders(type: string): Promise<Record<string, string> | undefined> {
  const { ctx } = workspace;
  const [delivery] = (await listDeliveries({ ctx, input: deliveriesQuery.parse({ type }) })).data;
  const { attemptLog } = await getDelivery({ ctx, id: delivery?.id ?? "" });
  return attemptLog[0]?.request.headers;
}

test("the log shows the headers as they were sent, of tests too, with custom values masked", async () => {
  for (const [type, headers] of [
    ["logged.plain", {}],
    ["logged.custom", { "X-Tenant": "secret" }],
  ] as const) {
    const endpoint = await workspace.addEndpoint({
      url: receiver.url,
      eventTypes: [type],
      headers,
    });
    await workspace.publish({ type, data: {} });
    await drain();
    const [sent] = receiver.received.splice(0);
    if (!sent) throw new Error("nothing came");
    expect(await loggedHeaders(type)).toEqual(expected(sent));

    const { ctx } = workspace;
    const tested = await testEndpoint({ ctx, id: endpoint.id, input: { type, data: {} } });
    const [test] = receiver.received.splice(0);
    if (!test) throw new Error("no test came");
    expect(tested.attempt.request.headers).toEqual(expected(test));
    expect(tested.attempt.request.headers).toHaveProperty("posthorn-test", "1");
  }
});

test("an attempt of an older Posthorn keeps its headers, and its version", async () => {
  await workspace.addEndpoint({ url: receiver.url, eventTypes: ["logged.old"] });
  await workspace.publish({ type: "logged.old", data: {} });
  await drain();
  const { sql } = database();
  await sql`update attempts set version = '0.0.9' where delivery_id = (select id from delivery_log where listed and type = 'logged.old')`;
  expect(await loggedHeaders("logged.old")).toHaveProperty("user-agent", "Posthorn/0.0.9");

  const whole = { "content-type": "application/json", "webhook-id": "dlv_1", "x-tenant": "••••••" };
  await sql`update attempts set signature = null, version = null, request_headers = ${JSON.stringify(whole)}::text::json
    where delivery_id = (select id from delivery_log where listed and type = 'logged.old')`;
  expect(await loggedHeaders("logged.old")).toEqual(whole);
});
