import { database } from "@/db/connection/database";
import type { DeliveryFilter } from "@/db/queries/deliveries";
import { type Buckets, findOpen, findOutcomes } from "@/db/queries/delivery-outcomes";
import { findTransitionsBetween } from "@/db/queries/endpoint-transitions";
import { findCompleteFrom } from "@/db/queries/recount-deliveries";
import { resolveSearch } from "@/db/queries/resolve-search";
import { scanHistogram } from "@/db/queries/scan-histogram";
import { type HistogramOutput, histogramQuery } from "../contract/histogram";
import { bucketRange, bucketStarts } from "../core/buckets";
import { validationFailed } from "../core/errors";
import { idAt, toPublicId } from "../core/ids";
import { type Outcome, outcomes, sumOutcomes } from "../core/outcomes";
import { type Input, parseInput } from "../core/parse-input";
import { timeRangeMs } from "../core/time-ranges";
import { deliveryFilter } from "../deliveries/delivery-filter";
import { presentTransition } from "../endpoints/list-transitions";
import { authorize, type Context } from "../verbs/context";

const dayMs = 24 * 60 * 60 * 1_000;
const marksMax = 100;

type Counted = { bucket: Date } & { [Name in Outcome]?: number | undefined };
type Counts = { counts: Counted[]; countedFrom: Date | null };

/**
 * The deliveries of a range of time that match the log's filters, by bucket and outcome, with the changes of their
 * webhooks' state. Without `from` and `range` it begins 24 hours before `to`, which is now by default, or 24 hours
 * after a `from` that is in the future.
 *
 * @throws AppError `validation_failed` if `from` is not before `to`
 */
export async function getHistogram({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof histogramQuery>;
}): Promise<HistogramOutput> {
  authorize(ctx, "deliveries:read");
  const query = parseInput(histogramQuery, input);
  const chosenFrom = query.from ? Date.parse(query.from) : null;
  const now = Date.now() + 1;
  const openEnd = chosenFrom !== null && chosenFrom >= now ? chosenFrom + dayMs : now;
  const wantedTo = query.to ? Date.parse(query.to) : openEnd;
  const wantedFrom = chosenFrom ?? wantedTo - (query.range ? timeRangeMs[query.range] : dayMs);
  if (wantedFrom >= wantedTo) throw validationFailed([{ path: "from", message: "must be before to" }]);
  const range = bucketRange({ fromMs: wantedFrom, toMs: wantedTo });
  const [from, to] = [new Date(range.fromMs), new Date(range.toMs)];
  const workspaceId = ctx.workspace.id;
  const filter = { ...deliveryFilter(ctx, query), fromId: idAt(from), belowId: idAt(to) };
  const endpointIds = filter.endpointIds ?? null;
  const buckets = { workspaceId, endpointIds, from, to, bucketMs: range.bucketMs };
  const [{ counts, countedFrom }, transitions] = await Promise.all([
    isCountedAhead(filter) ? readCounts(buckets, filter) : scanCounts(ctx, filter, range.bucketMs),
    findTransitionsBetween(ctx.db, {
      workspaceId,
      endpointIds,
      fromId: idAt(from),
      belowId: idAt(to),
      limit: marksMax,
    }),
  ]);
  const byBucket = new Map<number, Counted[]>();
  for (const one of counts) {
    const at = one.bucket.getTime();
    byBucket.set(at, [...(byBucket.get(at) ?? []), one]);
  }
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    bucketSeconds: range.bucketMs / 1_000,
    data: bucketStarts(range).map((ms) => ({
      from: new Date(ms).toISOString(),
      ...sumOutcomes(byBucket.get(ms) ?? []),
    })),
    total: sumOutcomes(counts),
    countedFrom: countedFrom && countedFrom > from ? countedFrom.toISOString() : null,
    marks: transitions.toReversed().map((row) => ({
      ...presentTransition(row),
      endpointId: toPublicId("endpoint", row.endpointId),
    })),
  };
}

/** Webhook, status and time are stored; anything else that a filter names has to be searched for. */
function isCountedAhead({
  workspaceId,
  endpointIds,
  statuses,
  fromId,
  belowId,
  tests,
  ...others
}: DeliveryFilter) {
  return !tests && Object.values(others).every((value) => value === undefined);
}

async function readCounts(buckets: Buckets, { statuses }: DeliveryFilter): Promise<Counts> {
  const { sql } = database();
  const [ended, { open, countedFrom }, completeFrom] = await Promise.all([
    findOutcomes(sql, buckets),
    findOpen(sql, buckets),
    findCompleteFrom(sql),
  ]);
  const wanted = outcomes.filter((name) => isWanted(name, statuses));
  const found: Counted[] = [...ended, ...open];
  const counts = found.map(
    (one): Counted => ({
      bucket: one.bucket,
      ...Object.fromEntries(wanted.map((name) => [name, one[name]])),
    }),
  );
  return { counts, countedFrom: later(countedFrom, completeFrom ?? buckets.to) };
}

/** `pending` is what waits and what is retried. */
function isWanted(name: Outcome, statuses: readonly string[] | undefined): boolean {
  if (!statuses || statuses.includes(name)) return true;
  return (name === "waiting" || name === "retrying") && statuses.includes("pending");
}

async function scanCounts(ctx: Context, filter: DeliveryFilter, bucketMs: number): Promise<Counts> {
  const { filter: found } = await resolveSearch(ctx.db, filter);
  const { counts, lookedBackTo } = await scanHistogram(ctx.db, { filter: found, bucketMs });
  return {
    counts: counts.map(({ bucket, status, n }) => ({ bucket, [status]: n })),
    countedFrom: lookedBackTo,
  };
}

const later = (a: Date | null, b: Date) => (a && a > b ? a : b);
