import type { z } from "zod";
import { database } from "@/db/connection/database";
import {
  type FailureGroupRow,
  findFailureGroups,
  findGroupStrips,
  type GroupStrip,
} from "@/db/queries/failure-groups";
import { type FailureGroupsOutput, failureGroupsQuery, stripBars } from "../contract/failure-groups";
import { fromPublicId, noId, toPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { timeRangeMs } from "../core/time-ranges";
import { authorize, type Context, seesPayloads } from "../verbs/context";

/**
 * Present failures in groups: deliveries of one webhook whose last attempt had the same response or cause and the
 * same text. Actors who may not see payloads get no text, because a receiver may repeat what it was sent.
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
  const skip = Number(query.cursor ?? 0);
  const { sql } = database();
  const workspaceId = ctx.workspace.id;
  const { groups, total, deliveries } = await findFailureGroups(sql, {
    workspaceId,
    id: query.id === undefined ? null : (fromPublicId("failureGroup", query.id) ?? noId),
    endpointIds: query.endpointId?.map((id) => fromPublicId("endpoint", id) ?? noId) ?? null,
    types: query.type ?? null,
    httpStatuses: query.httpStatus ?? null,
    errors: query.error ?? null,
    from: fromOf(query),
    to: query.to === undefined ? null : new Date(query.to),
    order: query.order,
    limit: query.limit,
    skip,
  });
  const end = skip + groups.length;
  const to = new Date();
  const strips = await findGroupStrips(sql, {
    workspaceId,
    ids: groups.map(({ id }) => id),
    to,
    bars: stripBars,
  });
  const stripOf = new Map(strips.map((strip) => [strip.groupId, strip]));
  return {
    data: groups.map((group) =>
      presentGroup(seesPayloads(ctx) ? group : { ...group, text: "" }, stripOf.get(group.id), to),
    ),
    total: { groups: total, deliveries },
    nextCursor: end < total ? String(end) : null,
  };
}

/** The later of the two applies, as in the log. */
function fromOf({ from, range }: z.output<typeof failureGroupsQuery>): Date | null {
  const times = [...(from ? [Date.parse(from)] : []), ...(range ? [Date.now() - timeRangeMs[range]] : [])];
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}

/** Without a strip it has become empty since it was found. */
function presentGroup(group: FailureGroupRow, strip: GroupStrip | undefined, to: Date) {
  const { id, endpointId, sampleDeliveryId, firstSeenAt, lastSeenAt, ...rest } = group;
  return {
    ...rest,
    id: toPublicId("failureGroup", id),
    endpointId: toPublicId("endpoint", endpointId),
    since: firstSeenAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    sampleDeliveryId: toPublicId("delivery", sampleDeliveryId),
    strip: {
      from: (strip?.from ?? to).toISOString(),
      to: to.toISOString(),
      counts: strip?.counts ?? Array.from({ length: stripBars }, () => 0),
    },
  };
}
