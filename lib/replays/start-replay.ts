import { findEndpointIds } from "@/db/queries/endpoints";
import { findEvent } from "@/db/queries/events";
import { countReplayable, type ReplayableCount } from "@/db/queries/replay-deliveries";
import { insertReplay } from "@/db/queries/replays";
import { jobSearch, resolveSearch } from "@/db/queries/resolve-search";
import {
  type ReplayCountOutput,
  type ReplayFilter,
  type ReplayOutput,
  startReplayInput,
} from "../contract/replays";
import { validationFailed } from "../core/errors";
import { fromPublicId, newId, toPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { timeOfId } from "../core/time-of-id.mjs";
import { deliveryFilter } from "../deliveries/delivery-filter";
import { signalReplays } from "../platform/signals";
import { authorize, type Context, nameOf } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { requireReplay } from "./get-replay";
import { presentReplay } from "./present-replay";

/**
 * Sends again what a filter of the log matches now, oldest first by default, as a job. Held deliveries continue,
 * those to be retried later are retried now, and ended ones are sent once more. Deliveries that are due or in flight
 * are left alone. A replay of one webhook waits while that is disabled; one of several skips the deliveries of
 * disabled ones.
 *
 * With `dryRun` it only counts them.
 *
 * @throws AppError `validation_failed` if the filter names a webhook or an event that does not exist
 */
export async function startReplay({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof startReplayInput>;
}): Promise<ReplayOutput | ReplayCountOutput> {
  authorize(ctx, "deliveries:write");
  const wanted = parseInput(startReplayInput, input);
  const id = newId();
  await requireNamed(ctx, wanted.filter);
  const endpointId = onlyEndpoint(wanted.filter.endpointId);
  const { filter } = await resolveSearch(ctx.db, deliveryFilter(ctx, wanted.filter), jobSearch);
  const counted = await countReplayable(ctx.db, { filter, waits: endpointId !== null });
  const { total } = counted;
  if (wanted.dryRun) return presentCount(counted);
  const row = await withAudit({ ctx, scope: "deliveries:write", action: "replay.start" }, async (tx) => {
    await insertReplay(tx, {
      id,
      workspaceId: ctx.workspace.id,
      kind: "replay",
      endpointId,
      filter: wanted.filter,
      status: "running",
      total,
      ratePerSecond: wanted.ratePerSecond ?? null,
      newestFirst: wanted.order === "newest",
      createdBy: nameOf(ctx.actor),
    });
    const started = await requireReplay(ctx, tx, toPublicId("replay", id));
    return { result: started, targetId: id, targetName: null, details: { filter: wanted.filter, total } };
  });
  signalReplays();
  return presentReplay(row);
}

function presentCount({
  total,
  replayable,
  oldest,
  endpoints,
  nextProbes,
  types,
  waiting,
}: ReplayableCount): ReplayCountOutput {
  return {
    count: replayable,
    skipped: total - replayable,
    oldest: oldest && timeOfId(oldest).toISOString(),
    endpoints: endpoints.map(([id, n]) => ({
      endpointId: toPublicId("endpoint", id),
      count: n,
      nextProbeAt: nextProbes.get(id)?.toISOString() ?? null,
    })),
    types: types.map(([type, n]) => ({ type, count: n })),
    waiting: waiting.map(([id, n]) => ({ endpointId: toPublicId("endpoint", id), count: n })),
  };
}

/**
 * A replay that names something that does not exist would find nothing, as if there were nothing to send.
 *
 * @throws AppError `validation_failed` for a webhook or an event that is not the workspace's, and for an invalid id
 */
async function requireNamed(
  ctx: Context,
  { endpointId = [], eventId, id = [] }: ReplayFilter,
): Promise<void> {
  const params = { workspaceId: ctx.workspace.id };
  const endpointIds = endpointId.map((one) => fromPublicId("endpoint", one));
  const known = new Set(
    await findEndpointIds(ctx.db, { ...params, ids: endpointIds.filter((one) => one !== null) }),
  );
  const event = eventId === undefined ? null : fromPublicId("event", eventId);
  const isEventKnown = event !== null && (await findEvent(ctx.db, { ...params, id: event })) !== null;
  const errors = [
    ...endpointIds.flatMap((one, at) =>
      one && known.has(one)
        ? []
        : [{ path: `filter.endpointId.${at}`, message: "is not the id of a webhook" }],
    ),
    ...(eventId === undefined || isEventKnown
      ? []
      : [{ path: "filter.eventId", message: "is not the id of an event" }]),
    ...id.flatMap((one, at) =>
      fromPublicId("delivery", one)
        ? []
        : [{ path: `filter.id.${at}`, message: "is not the id of a delivery" }],
    ),
  ];
  if (errors.length > 0) throw validationFailed(errors);
}

/** The webhook that a filter names, if it names exactly one. */
function onlyEndpoint(ids: string[] = []): string | null {
  const [only, ...others] = new Set(ids);
  return only && others.length === 0 ? fromPublicId("endpoint", only) : null;
}
