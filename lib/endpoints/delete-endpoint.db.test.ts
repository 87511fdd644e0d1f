import { afterAll, beforeAll, expect, test } from "vitest";
import { deliveriesQuery } from "../contract/deliveries";
import { testEndpointInput } from "../contract/endpoints";
import { startReplayInput } from "../contract/replays";
import { getDelivery } from "../deliveries/get-delivery";
import { listDeliveries } from "../deliveries/list-deliveries";
import { retryDelivery } from "../deliveries/retry-delivery";
import { closeAgent } from "../delivery/http-client/agent";
import { runChunk } from "../replays/run-chunk";
import { runReplays } from "../replays/run-replays";
import { startReplay } from "../replays/start-replay";
import { drain } from "../testing/drain";
import { hold, waiting } from "../testing/hold";
import { addTestWebhook } from "../testing/test-webhook";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { deleteEndpoint } from "./delete-endpoint";
import { testEndpoint } from "./test-endpoint";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
});
afterAll(async () => {
  await closeAgent();
  await workspace.close();
});

type Webhook = Awaited<ReturnType<typeof addTestWebhook>>;

/** A webhook with one delivery that has ended, and a replay of it to be worked on. */
async function webhook(type: string): Promise<Webhook> {
  const hook = await addTestWebhook(workspace, type);
  await hook.publish(1);
  await drain();
  const input = startReplayInput.parse({ filter: { endpointId: hook.id } });
  await startReplay({ ctx: workspace.ctx, input });
  return hook;
}

/** What puts a delivery on the queue. */
const requests: Record<string, (hook: Webhook) => Promise<unknown>> = {
  retry: async ({ log }) => retryDelivery({ ctx: workspace.ctx, id: (await log())[0]?.id ?? "" }),
  replay: () => runChunk(workspace.ctx.db),
  test: ({ id }) =>
    testEndpoint({
      ctx: workspace.ctx,
      id,
      input: testEndpointInput.parse({ type: "deleted.test", data: {} }),
    }),
  publish: ({ publish }) => publish(1),
};

test.each(Object.entries(requests))(
  "a %s that comes while the webhook is being deleted queues nothing for it",
  async (name, request) => {
    const hook = await webhook(`deleted.before.${name}`);
    // The last thing that deleting needs.
    const letGo = await hold(`select from endpoint_states where endpoint_id = '${hook.uuid}' for update`);
    const deleting = deleteEndpoint({ ctx: workspace.ctx, id: hook.id });
    await expect.poll(async () => (await waiting()).length).toBe(1);
    let over = false;
    const requesting = request(hook)
      .catch((error: Error) => error.message)
      .finally(() => {
        over = true;
      });
    await expect.poll(async () => over || (await waiting()).length > 1).toBe(true);
    await letGo();
    await deleting;
    const answer = await requesting;
    if (name === "retry") expect(answer).toMatch("The webhook was deleted");
    if (name === "test") expect(answer).toMatch("no such webhook");
    await runReplays();
    expect(await hook.queued()).toBe(0);
    expect(hook.receiver.ids).toHaveLength(1);
  },
);

test.each(Object.entries(requests))(
  "a %s that was there before the webhook is deleted leaves nothing on the queue",
  async (name, request) => {
    const hook = await webhook(`deleted.after.${name}`);
    const letGo = await hold("lock table delivery_queue in share mode");
    const requesting = request(hook);
    await expect.poll(async () => (await waiting()).length).toBe(1);
    let over = false;
    const deleting = deleteEndpoint({ ctx: workspace.ctx, id: hook.id }).finally(() => {
      over = true;
    });
    await expect.poll(async () => over || (await waiting()).length > 1).toBe(true);
    await letGo();
    await requesting;
    await deleting;
    await drain();
    await runReplays();
    expect(await hook.queued()).toBe(0);
    expect(hook.receiver.ids).toHaveLength(name === "test" ? 2 : 1);
  },
);

test("a delivery that failed before its webhook was deleted says after how many attempts that was", async () => {
  const { ctx } = workspace;
  // Nothing listens there.
  const endpoint = await workspace.addEndpoint({ url: "http://127.0.0.1:9/", eventTypes: ["deleted.words"] });
  await workspace.publish({ type: "deleted.words", data: {} });
  await drain();
  await deleteEndpoint({ ctx, id: endpoint.id });
  await runReplays();
  const input = deliveriesQuery.parse({ endpointId: endpoint.id });
  const [delivery] = (await listDeliveries({ ctx, input })).data;
  expect(await getDelivery({ ctx, id: delivery?.id ?? "" })).toMatchObject({
    status: "discarded",
    attempts: 1,
    why: "The webhook was deleted after 1 attempt, before it was delivered.",
  });
});
