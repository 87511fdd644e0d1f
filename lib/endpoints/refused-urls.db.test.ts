import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { deliveriesQuery } from "../contract/deliveries";
import type { PrivateTargets } from "../core/delivery-limits";
import { getDelivery } from "../deliveries/get-delivery";
import { listDeliveries } from "../deliveries/list-deliveries";
import { closeAgent } from "../delivery/http-client/agent";
import { settings } from "../platform/env";
import { drain } from "../testing/drain";
import { startTestReceiver } from "../testing/test-receiver.mjs";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { getEndpoint } from "./get-endpoint";
import { testEndpoint } from "./test-endpoint";
import { updateEndpoint } from "./update-endpoint";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
});
afterAll(async () => {
  await closeAgent();
  await workspace.close();
});

/** As another start of the process would set it. */
function letThrough(privateTargets: PrivateTargets): void {
  Object.assign(globalThis, { posthornSettings: { ...settings(), privateTargets } });
}
beforeEach(() => letThrough("none"));

const refusedUrl = (words: RegExp) =>
  expect.objectContaining({
    code: "validation_failed",
    extra: { errors: [{ path: "url", message: expect.stringMatching(words) }] },
  });

test.each([
  ["http://example.com/hook", /^must start with https:\/\/$/],
  ["https://0x7f.1/", /^must lead to a public address.*127\.0\.0\.1 is an address of this machine$/],
  ["https://[::ffff:10.0.0.1]/", /^must lead to a public address.*is a private address$/],
  ["https://localhost./", /^must lead to a public address.*localhost\. is this machine$/],
  ["https://169.254.169.254/latest/meta-data", /cloud metadata/],
])("adding and changing to %s is refused, naming `url` and what would be right", async (url, words) => {
  const { ctx } = workspace;
  await expect(workspace.addEndpoint({ url })).rejects.toEqual(refusedUrl(words));
  const endpoint = await workspace.addEndpoint({ url: "https://example.com/hook" });
  await expect(updateEndpoint({ ctx, id: endpoint.id, input: { url } })).rejects.toEqual(refusedUrl(words));
  expect(await getEndpoint({ ctx, id: endpoint.id })).toMatchObject({ url: "https://example.com/hook" });
});

test("a host that does not resolve yet can be saved", async () => {
  const endpoint = await workspace.addEndpoint({ url: "https://not-yet.invalid/hook" });
  expect(endpoint.url).toBe("https://not-yet.invalid/hook");
});

test("a webhook whose URL is no longer allowed keeps it while other fields change", async () => {
  const { ctx } = workspace;
  letThrough("loopback");
  const url = "http://localhost:9/hook";
  const { id } = await workspace.addEndpoint({ url });
  letThrough("none");
  expect(await updateEndpoint({ ctx, id, input: { url, name: "Renamed" } })).toMatchObject({
    url,
    name: "Renamed",
  });
});

test("each attempt is checked again: what was allowed when it was saved is blocked, and the attempt says why", async () => {
  const { ctx } = workspace;
  const receiver = await startTestReceiver();
  onTestFinished(receiver.close);
  letThrough("loopback");
  const type = "refused.address";
  const { id } = await workspace.addEndpoint({ url: receiver.url, eventTypes: [type] });
  expect(await testEndpoint({ ctx, id, input: { type, data: {} } })).toMatchObject({
    attempt: { httpStatus: 200 },
  });
  letThrough("none");
  await workspace.publish({ type, data: {} });
  await drain();
  const input = deliveriesQuery.parse({ endpointId: id, error: "blocked_address" });
  const [delivery] = (await listDeliveries({ ctx, input })).data;
  expect(delivery).toMatchObject({ status: "pending", httpStatus: null, attempts: 1 });
  const { attemptLog, why } = await getDelivery({ ctx, id: delivery?.id ?? "" });
  expect(attemptLog[0]?.errorDetail).toMatch(/^The URL must lead to a public address.*127\.0\.0\.1 is/);
  expect(why).toMatch(/^Posthorn does not send to this address\./);
  expect(receiver.ids).toHaveLength(1);
});
