import { markDeleted } from "@/db/queries/switch-endpoint";
import { change } from "../audit/change";
import type { Context } from "../context";
import { replaceHeldJobs, startHeldJob } from "../replays/start-held-job";
import { signalReplays } from "../signals";
import { lockEndpoint } from "./lock-endpoint";

/** Deletes a webhook and its secrets. A job discards what is pending; its log stays. */
export async function deleteEndpoint({ ctx, id }: { ctx: Context; id: string }): Promise<void> {
  await change({ ctx, scope: "endpoints:write", action: "endpoint.delete" }, async (tx) => {
    const endpoint = await lockEndpoint(ctx, tx, id);
    await replaceHeldJobs(tx, endpoint, "the webhook was deleted");
    await startHeldJob(tx, {
      ctx,
      endpoint,
      belowEpoch: endpoint.epoch + 1,
      job: { kind: "discard", discardReason: "endpoint_deleted" },
    });
    await markDeleted(tx, endpoint.id);
    const { name, url } = endpoint;
    return { result: undefined, targetId: endpoint.id, details: { name, url } };
  });
  signalReplays();
}
