import { expect, test } from "@playwright/test";
import type { DeliveryOutput } from "@/lib/contract/deliveries";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import type { ReplayOutput } from "@/lib/contract/replays";
import { type ApiUnderTest, startApi, type TestWorkspace } from "../support/start-api";

let app: ApiUnderTest;

test.beforeAll(async () => {
  app = await startApi();
});

test.afterAll(() => app?.stop());

test("a job that nobody works on, because its signal was lost, is found by the sweep", async () => {
  const hook = await webhook("/restarted");
  await hook.publish(2);
  await expect.poll(() => hook.statuses()).toEqual(["succeeded", "succeeded"]);
  await hook.api.post(`/api/v1/endpoints/${hook.id}/disable`);
  const started = await hook.api.post("/api/v1/replays", { data: { filter: { endpointId: hook.id } } });
  const job: ReplayOutput = await started.json();
  // Enabled as by a process that was killed before it could signal.
  await app.database
    .sql`update endpoint_states set disabled_at = null where endpoint_id = ${uuidOf(hook.id)}`;
  await expect
    .poll(() => hook.replay(job.id), { timeout: 75_000, intervals: [1_000] })
    .toMatchObject({ status: "done", done: 2 });
  await expect.poll(() => hook.requests().length).toBe(4);
});

const uuidOf = (id: string) => id.replace(/^[a-z]+_(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** A workspace with one webhook, whose requests come to a path of its own. */
async function webhook(path: string) {
  const { api }: TestWorkspace = await app.makeWorkspace();
  const made = await api.post("/api/v1/endpoints", { data: { url: app.receiver.origin + path } });
  expect(made.status(), await made.text()).toBe(201);
  const { id }: EndpointOutput = await made.json();
  const publish = async (n: number) => {
    const events = Array.from({ length: n }, () => ({ type: "invoice.paid", data: {} }));
    expect((await api.post("/api/v1/events/batch", { data: { events } })).status()).toBe(202);
  };
  return {
    api,
    id,
    publish,
    requests: () => app.receiver.received.filter((request) => request.path === path),
    replay: async (replayId: string | null): Promise<ReplayOutput> =>
      (await api.get(`/api/v1/replays/${replayId}`)).json(),
    statuses: async () => {
      const { data }: { data: DeliveryOutput[] } = await (await api.get("/api/v1/deliveries")).json();
      return data.map((one) => one.status);
    },
  };
}
