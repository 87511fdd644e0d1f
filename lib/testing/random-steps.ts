import { database } from "@/db/connection/database";
import { toPublicId } from "../core/ids";
import { heldChoices } from "../core/replays";
import { retryDelivery } from "../deliveries/retry-delivery";
import { deleteEndpoint } from "../endpoints/delete-endpoint";
import { disableEndpoint } from "../endpoints/disable-endpoint";
import { enableEndpoint } from "../endpoints/enable-endpoint";
import type { Random } from "./random.mjs";
import type { TestWorkspace } from "./test-workspace";

/** What people do with webhooks and deliveries, in an order that is left to chance: on two webhooks of the workspace. */
export async function randomSteps(workspace: TestWorkspace, random: Random) {
  const { ctx } = workspace;
  const endpoints = [(await workspace.addEndpoint()).id, (await workspace.addEndpoint()).id];
  const anyEndpoint = () => random.pick(endpoints);
  return {
    anyEndpoint,

    /** Retries a delivery that has ended. Returns the status it had, or nothing if there is none. */
    async retry(): Promise<string | undefined> {
      const status = random.pick(["failed", "succeeded", "discarded"]);
      const [one] = await database().sql<{ id: string }[]>`
        select d.id from delivery_log d join endpoints p on p.id = d.endpoint_id and p.deleted_at is null
        where d.listed and d.status = ${status} and not exists (select from delivery_queue q where q.delivery_id = d.id)
        order by md5(d.id::text || ${random.below(1_000)}::text) limit 1`;
      if (!one) return;
      await retryDelivery({ ctx, id: toPublicId("delivery", one.id) });
      return status;
    },

    async toggle() {
      const id = anyEndpoint();
      const held = random.pick(heldChoices);
      if (random.chance(0.5)) await enableEndpoint({ ctx, id, input: { held } });
      else await disableEndpoint({ ctx, id, input: { keepEvents: random.below(3) > 0 } });
    },

    async replaceEndpoint() {
      const id = anyEndpoint();
      await deleteEndpoint({ ctx, id });
      endpoints.splice(endpoints.indexOf(id), 1, (await workspace.addEndpoint()).id);
    },

    async deleteEndpoints() {
      for (const id of endpoints) await deleteEndpoint({ ctx, id });
    },
  };
}
