import { database } from "@/db/connection/database";
import { findOpen, findOutcomes, type Open, type Outcomes } from "@/db/queries/delivery-outcomes";
import { findEndpoints, findLatencies } from "@/db/queries/endpoints";
import { findAccepted, findLedgerTotal } from "@/db/queries/ledger";
import { findComparedAt } from "@/db/queries/ledger-checks";
import { findCompleteFrom } from "@/db/queries/recount-deliveries";
import { type OverviewOutput, overviewQuery } from "../contract/stats";
import { nextStepOf, worstFirst } from "../core/attention";
import { bucketStarts } from "../core/buckets";
import { addLatencies, latencyPercentile } from "../core/latency";
import { countDue, sumOutcomes } from "../core/outcomes";
import { type Input, parseInput } from "../core/parse-input";
import { startOfDay } from "../core/time-zones";
import { presentEndpoints } from "../endpoints/present-endpoints";
import { listOpenAlarms } from "../ledger/list-open-alarms";
import { authorize, type Context } from "../verbs/context";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const endpointsMax = 1_000;

/**
 * A workspace at a glance: today against yesterday, the last 24 hours, the webhooks that need attention, and the
 * ledger.
 */
export async function getOverview({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof overviewQuery>;
}): Promise<OverviewOutput> {
  authorize(ctx, "deliveries:read");
  const { timeZone } = parseInput(overviewQuery, input);
  const { sql } = database();
  const workspaceId = ctx.workspace.id;
  const now = new Date();
  const [today, yesterday] = daysOf(now, timeZone);
  const end = new Date((Math.floor(now.getTime() / hourMs) + 1) * hourMs);
  const lastDay = { fromMs: end.getTime() - dayMs, toMs: end.getTime(), bucketMs: hourMs };
  const from = new Date(Math.min(yesterday.from.getTime(), lastDay.fromMs));
  const buckets = { workspaceId, endpointIds: null, from, to: end, bucketMs: hourMs };
  const [ended, { open, countedFrom }, completeFrom, accepted, latencies, rows, ledger, comparedAt, alarms] =
    await Promise.all([
      findOutcomes(sql, buckets),
      findOpen(sql, buckets),
      findCompleteFrom(sql),
      findAccepted(sql, { workspaceId, from }),
      findLatencies(ctx.db, { workspaceId, since: from }),
      findEndpoints(ctx.db, { workspaceId, limit: endpointsMax, before: null }),
      findLedgerTotal(sql, workspaceId),
      findComparedAt(ctx.db),
      listOpenAlarms(workspaceId),
    ]);
  const counts = [...ended, ...open];
  const endpoints = await presentEndpoints(ctx, rows, { counts, held: ledger.held });
  const failing = new Set(rows.filter((row) => row.consecutiveFailures > 0).map(({ id }) => id));
  const figuresOf = (day: Day) => ({
    from: day.from.toISOString(),
    to: day.to.toISOString(),
    ...acceptedIn(day, accepted),
    ...rateIn(day, counts, failing),
    ...latencyIn(day, latencies),
  });
  const holding = endpoints.filter(({ held }) => held > 0);
  const { open: notEnded, ...sums } = ledger.total;
  const uncounted = countedFrom ?? completeFrom ?? end;
  return {
    today: figuresOf(today),
    yesterday: figuresOf(yesterday),
    hours: bucketStarts(lastDay).map((ms) => ({
      from: new Date(ms).toISOString(),
      ...sumOutcomes(counts.filter(({ bucket }) => bucket.getTime() === ms)),
    })),
    countedFrom: uncounted > from ? uncounted.toISOString() : null,
    attention: worstFirst(endpoints).map(({ endpoint, problem }) => ({
      endpointId: endpoint.id,
      name: endpoint.name,
      problem,
      nextStep: nextStepOf[problem],
    })),
    held: { count: holding.reduce((sum, { held }) => sum + held, 0), endpoints: holding.length },
    ledger: {
      ...sums,
      pending: notEnded - sums.held,
      openAlarms: alarms.length,
      checkedAt: comparedAt?.toISOString() ?? null,
    },
  };
}

/** `to`: the end of what is compared. */
type Day = { from: Date; to: Date };

/** Today until now, and yesterday until the same time of day; both begin at a full hour. */
function daysOf(now: Date, timeZone: string): [today: Day, yesterday: Day] {
  const begin = startOfDay(now, timeZone);
  const before = startOfDay(new Date(begin.getTime() - 1), timeZone);
  const today = { from: fullHour(begin), to: now };
  const from = fullHour(before);
  const sameTime = from.getTime() + (now.getTime() - today.from.getTime());
  return [today, { from, to: new Date(Math.min(sameTime, today.from.getTime())) }];
}

const fullHour = (at: Date) => new Date(Math.floor(at.getTime() / hourMs) * hourMs);

/** A part of the hour in which the day ends, but all of the present one. */
function acceptedIn(day: Day, hours: { hour: Date; events: number; deliveries: number }[]) {
  const isToday = day.to.getTime() > Date.now() - hourMs;
  const shareOf = (hour: Date) => {
    if (hour < day.from || hour >= day.to) return 0;
    return isToday ? 1 : Math.min(1, (day.to.getTime() - hour.getTime()) / hourMs);
  };
  const sum = (name: "events" | "deliveries") =>
    Math.round(hours.reduce((all, one) => all + shareOf(one.hour) * one[name], 0));
  return { events: sum("events"), deliveries: sum("deliveries") };
}

function rateIn(day: Day, counts: (Outcomes | Open)[], failing: ReadonlySet<string>) {
  const own = counts.filter(({ bucket }) => bucket >= day.from && bucket < day.to);
  const ofEndpoint = (isFailing: boolean) =>
    sumOutcomes(own.filter(({ endpointId }) => failing.has(endpointId) === isFailing));
  const [good, bad] = [ofEndpoint(false), ofEndpoint(true)];
  const due = countDue(good, { failing: false }) + countDue(bad, { failing: true });
  const succeeded = good.succeeded + bad.succeeded;
  return { due, succeeded, successRate: due === 0 ? null : succeeded / due };
}

function latencyIn(day: Day, hours: { hour: Date; latency: number[] }[]) {
  const took = addLatencies(
    hours.filter(({ hour }) => hour >= day.from && hour < day.to).map(({ latency }) => latency),
  );
  return { p50Ms: latencyPercentile(took, 0.5), p95Ms: latencyPercentile(took, 0.95) };
}
