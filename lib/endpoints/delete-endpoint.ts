import { markDeleted } from "@/db/queries/switch-endpoint";
import { signalReplays } from "../platform/signals";
import { replaceHeldJobs, startHeldJob } from "../replays/start-held-job";
import type { Context } from "../verbs/context";
import { type ExpectedVersions, requireVersion } from "../verbs/version";
import { withAudit } from "../verbs/with-audit";
import { requireEndpoint } from "./get-endpoint";
import { lockEndpoint } from "./lock-endpoint";
import { endpointVersion } from "./present-endpoints";

/**
 * Deletes a webhook and its secrets. A job discards its pending deliveries; its log stays.
 *
 * @throws AppError `precondition_failed` if it was changed since the expected version
 */
export async function deleteEndpoint({
  ctx,
  id,
  expected = null,
}: {
  ctx: Context;
  id: string;
  /** The versions of which it must have one. */
  expected?: ExpectedVersions;
}): Promise<void> {
  await withAudit({ ctx, scope: "endpoints:write", action: "endpoint.delete" }, async (tx) => {
    const endpoint = await lockEndpoint(ctx, tx, id);
    requireVersion(expected, endpointVersion(await requireEndpoint(ctx, tx, id)), "webhook");
    await replaceHeldJobs(tx, endpoint, "the webhook was deleted");
    await startHeldJob(tx, {
      ctx,
      endpoint,
      belowGeneration: endpoint.generation + 1,
      job: { kind: "discard", discardReason: "endpoint_deleted" },
    });
    await markDeleted(tx, endpoint.id);
    const { name, url } = endpoint;
    return { result: undefined, targetId: endpoint.id, targetName: name, details: { url } };
  });
  signalReplays();
}
