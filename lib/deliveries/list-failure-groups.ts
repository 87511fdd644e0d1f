import { database } from "@/db/connection/database";
import { type FailureGroupRow, findFailureGroups, findGroupBuckets } from "@/db/queries/failure-groups";
import { type FailureGroupsOutput, failureGroupsQuery, stripBars } from "../contract/failure-groups";
import { fromPublicId, noId, toPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { stripOf } from "../core/strip";
import { authorize, type Context, seesPayloads } from "../verbs/context";

const bucketMs = 300_000;

/**
 * What fails now, in groups: deliveries of one webhook whose last attempt came to the same response or cause, and the same
 * words. Who may not see payloads is shown no words, for a receiver may repeat what it was sent.
 */
export async function listFailureGroups({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof failureGroupsQuery>;
}): Promise<FailureGroupsOutput> {
  authorize(ctx, "deliveries:read");
  const query = parseInput(failureGroupsQuery, input);
  const { sql } = database();
  const workspaceId = ctx.workspace.id;
  const { groups, total, deliveries } = await findFailureGroups(sql, {
    workspaceId,
    id: query.id === undefined ? null : (fromPublicId("failureGroup", query.id) ?? noId),
    endpointIds: query.endpointId?.map((id) => fromPublicId("endpoint", id) ?? noId) ?? null,
    from: query.from === undefined ? null : new Date(query.from),
    to: query.to === undefined ? null : new Date(query.to),
    order: query.order,
    limit: query.limit,
  });
  const buckets = await findGroupBuckets(sql, { workspaceId, ids: groups.map(({ id }) => id) });
  const now = Date.now();
  return {
    data: groups.map((group) => {
      const own = buckets.filter(({ groupId }) => groupId === group.id);
      return presentGroup(seesPayloads(ctx) ? group : { ...group, text: "" }, own, now);
    }),
    total: { groups: total, deliveries },
  };
}

function presentGroup(group: FailureGroupRow, buckets: { at: Date; n: number }[], now: number) {
  const { id, endpointId, sampleDeliveryId, firstSeenAt, lastSeenAt, ...rest } = group;
  const counted = buckets.map(({ at, n }) => ({ at: at.getTime(), n }));
  const from = Math.min(counted[0]?.at ?? now, now - bucketMs);
  return {
    ...rest,
    id: toPublicId("failureGroup", id),
    endpointId: toPublicId("endpoint", endpointId),
    since: firstSeenAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    sampleDeliveryId: toPublicId("delivery", sampleDeliveryId),
    strip: {
      from: new Date(from).toISOString(),
      to: new Date(now).toISOString(),
      counts: stripOf(counted, { from, to: now }, stripBars),
    },
  };
}
