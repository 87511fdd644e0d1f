import { onTestFinished } from "vitest";
import { database } from "@/db/connection/database";
import { deliveriesQuery } from "../contract/deliveries";
import { fromPublicId } from "../core/ids";
import { listDeliveries } from "../deliveries/list-deliveries";
import { decideHeld } from "../endpoints/decide-held";
import { deleteEndpoint } from "../endpoints/delete-endpoint";
import { disableEndpoint } from "../endpoints/disable-endpoint";
import { enableEndpoint } from "../endpoints/enable-endpoint";
import { getEndpoint } from "../endpoints/get-endpoint";
import { runReplays } from "../replays/run-replays";
import { startTestReceiver } from "./test-receiver.mjs";
import type { TestWorkspace } from "./test-workspace";

/** A webhook for one event type, with a receiver of its own; both are gone when the test ends. */
export async function addTestWebhook({ ctx, addEndpoint, publish }: TestWorkspace, type: string) {
  const { sql } = database();
  const receiver = await startTestReceiver();
  onTestFinished(receiver.close);
  const { id } = await addEndpoint({ url: receiver.url, eventTypes: [type] });
  const uuid = fromPublicId("endpoint", id) ?? "";
  onTestFinished(async () => {
    // Some tests have deleted it.
    await deleteEndpoint({ ctx, id }).catch(() => undefined);
    await runReplays();
  });
  return {
    id,
    uuid,
    receiver,
    publish: async (n: number) => {
      for (let left = n; left > 0; left -= 500) {
        await publish(Array.from({ length: Math.min(left, 500) }, () => ({ type, data: {} })));
      }
    },
    disable: (keepEvents = true) => disableEndpoint({ ctx, id, input: { keepEvents } }),
    enable: (held: "replay" | "discard" | "keep", ratePerSecond?: number) =>
      enableEndpoint({ ctx, id, input: { held, ratePerSecond } }),
    decide: (action: "replay" | "discard") => decideHeld({ ctx, id, input: { action } }),
    shown: () => getEndpoint({ ctx, id }),
    /** From now on what fails is not retried. */
    endRetries: () =>
      sql`update endpoints set retry_policy = '{"retries":0,"retryOn":"any"}' where id = ${uuid}`,
    log: async (query = {}) => {
      const input = deliveriesQuery.parse({ endpointId: id, limit: "100", ...query });
      return (await listDeliveries({ ctx, input })).data;
    },
    /** Its deliveries by stored status and why they were discarded, with their number. */
    statuses: async () => {
      const rows = await sql<{ status: string; reason: string | null; n: number }[]>`
        select status, discard_reason as reason, count(*)::int as n from delivery_log
        where listed and endpoint_id = ${uuid} group by 1, 2 order by 1, 2`;
      return rows.map((row) => [row.status, row.reason, row.n]);
    },
    queued: async () => {
      const [row] = await sql<{ n: number }[]>`
        select count(*)::int as n from delivery_queue where endpoint_id = ${uuid}`;
      return row?.n;
    },
  };
}
