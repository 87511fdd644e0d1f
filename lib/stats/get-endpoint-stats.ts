import { database } from "@/db/connection/database";
import { findOpen, findOutcomes } from "@/db/queries/delivery-outcomes";
import { type EndpointBreakdown, findEndpointBreakdown } from "@/db/queries/endpoint-breakdown";
import { findLatencies } from "@/db/queries/endpoints";
import { findCompleteFrom } from "@/db/queries/recount-deliveries";
import { type EndpointStatsOutput, endpointStatsQuery, type StatsWindow } from "../contract/stats";
import { alignedTo, bucketStarts } from "../core/buckets";
import { attemptErrorTexts } from "../core/deliveries";
import { httpStatusTexts } from "../core/http-status-texts";
import { addLatencies, latencyPercentile } from "../core/latency";
import { countDue, sumOutcomes } from "../core/outcomes";
import { type Input, parseInput } from "../core/parse-input";
import { requireEndpoint } from "../endpoints/get-endpoint";
import { authorize, type Context } from "../verbs/context";

const hourMs = 3_600_000;
const windows: Record<StatsWindow, { ms: number; bucketMs: number }> = {
  "24h": { ms: 24 * hourMs, bucketMs: hourMs },
  "7d": { ms: 7 * 24 * hourMs, bucketMs: 3 * hourMs },
  "30d": { ms: 30 * 24 * hourMs, bucketMs: 12 * hourMs },
};
const typesMax = 20;

/**
 * A webhook's figures of a day, a week or a month: outcomes and latency over time, failures by cause, volume by type.
 */
export async function getEndpointStats({
  ctx,
  id,
  input,
}: {
  ctx: Context;
  id: string;
  input: Input<typeof endpointStatsQuery>;
}): Promise<EndpointStatsOutput> {
  authorize(ctx, "endpoints:read");
  const { window } = parseInput(endpointStatsQuery, input);
  const row = await requireEndpoint(ctx, ctx.db, id);
  const { sql } = database();
  const workspaceId = ctx.workspace.id;
  const { ms, bucketMs } = windows[window];
  const endMs = Math.ceil((Date.now() + 1) / bucketMs) * bucketMs;
  const range = alignedTo(bucketMs, { fromMs: endMs - ms, toMs: endMs });
  const [from, to] = [new Date(range.fromMs), new Date(range.toMs)];
  const buckets = { workspaceId, endpointIds: [row.id], from, to, bucketMs };
  const of = { workspaceId, endpointId: row.id, since: from };
  const [ended, { open, countedFrom }, completeFrom, latencies, breakdown] = await Promise.all([
    findOutcomes(sql, buckets),
    findOpen(sql, buckets),
    findCompleteFrom(sql),
    findLatencies(ctx.db, of),
    findEndpointBreakdown(sql, of),
  ]);
  const counts = [...ended, ...open];
  const sums = sumOutcomes(counts);
  const due = countDue(sums, { failing: row.consecutiveFailures > 0 });
  const uncounted = countedFrom ?? completeFrom ?? to;
  return {
    window,
    from: from.toISOString(),
    to: to.toISOString(),
    bucketSeconds: bucketMs / 1_000,
    due,
    succeeded: sums.succeeded,
    successRate: due === 0 ? null : sums.succeeded / due,
    ...attemptsOf(latencies),
    data: bucketStarts(range).map((startMs) => ({
      from: new Date(startMs).toISOString(),
      ...sumOutcomes(counts.filter(({ bucket }) => bucket.getTime() === startMs)),
      ...attemptsOf(
        latencies.filter(({ hour }) => Math.floor(hour.getTime() / bucketMs) * bucketMs === startMs),
      ),
    })),
    countedFrom: uncounted > from ? uncounted.toISOString() : null,
    failures: breakdown.causes.map((cause) => ({ ...cause, title: titleOf(cause) })),
    types: breakdown.types.slice(0, typesMax),
    typesFrom: breakdown.countedFrom?.toISOString() ?? null,
  };
}

function attemptsOf(hours: { attempts: number; latency: number[] }[]) {
  const took = addLatencies(hours.map(({ latency }) => latency));
  return {
    attempts: hours.reduce((sum, { attempts }) => sum + attempts, 0),
    p50Ms: latencyPercentile(took, 0.5),
    p95Ms: latencyPercentile(took, 0.95),
  };
}

function titleOf({ error, httpStatus }: EndpointBreakdown["causes"][number]): string {
  if (error) return attemptErrorTexts[error].title;
  return httpStatus === null ? "No response" : `${httpStatus} ${httpStatusTexts(httpStatus).name}`;
}
