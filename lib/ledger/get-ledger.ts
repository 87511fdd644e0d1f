import { database } from "@/db/connection/database";
import { findLedgerRanges, findLedgerTotal } from "@/db/queries/ledger";
import { findLedgerAlarms } from "@/db/queries/ledger-alarms";
import { findComparedAt } from "@/db/queries/ledger-checks";
import { findOldestDue } from "@/db/queries/oldest-due";
import { type LedgerOutput, ledgerQuery, ledgerRangesMax } from "../contract/ledger";
import { validationFailed } from "../core/errors";
import { toPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { authorize, type Context } from "../verbs/context";
import { presentAlarm } from "./present-alarm";

const hourMs = 3_600_000;
const rangeOf = {
  day: { ms: 24 * hourMs, count: 30 },
  hour: { ms: hourMs, count: 24 },
} as const;
const alarmsMax = 100;

/**
 * The outcomes of everything that the workspace accepted: the sums, the oldest due delivery, and the last checks'
 * findings.
 *
 * @throws AppError `validation_failed` if `from` and `to` are in the wrong order, or too far apart
 */
export async function getLedger({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof ledgerQuery>;
}): Promise<LedgerOutput> {
  authorize(ctx, "events:read");
  const query = parseInput(ledgerQuery, input);
  const { by } = query;
  const now = new Date();
  const { ms, count } = rangeOf[by];
  const to = query.to ? new Date(query.to) : now;
  const wanted = query.from ? new Date(query.from) : new Date(to.getTime() - count * ms);
  const from = new Date(Math.floor(wanted.getTime() / ms) * ms);
  if (wanted >= to) throw validationFailed([{ path: "from", message: "must be before to" }]);
  if (to.getTime() - from.getTime() > ledgerRangesMax * ms) {
    const message = `must be at most ${ledgerRangesMax} ${by}s before to`;
    throw validationFailed([{ path: "from", message }]);
  }
  const { sql } = database();
  const workspaceId = ctx.workspace.id;
  const [
    {
      total: { open, ...total },
    },
    ranges,
    [oldest],
    alarms,
    comparedAt,
  ] = await Promise.all([
    findLedgerTotal(sql, workspaceId),
    findLedgerRanges(sql, { workspaceId, by, from, to }),
    findOldestDue(sql, { workspaceId }),
    findLedgerAlarms(ctx.db, {
      workspaceId,
      closedSince: new Date(now.getTime() - 24 * hourMs),
      limit: alarmsMax,
    }),
    findComparedAt(ctx.db),
  ]);
  return {
    total: { ...total, pending: open - total.held },
    by,
    data: ranges.map((range) => ({ ...range, from: range.from.toISOString() })),
    oldestDue: oldest
      ? {
          deliveryId: toPublicId("delivery", oldest.deliveryId),
          endpointId: toPublicId("endpoint", oldest.endpointId),
          dueAt: oldest.dueAt.toISOString(),
          ageSeconds: oldest.ageSeconds,
        }
      : null,
    alarms: alarms.map(presentAlarm),
    checkedAt: comparedAt?.toISOString() ?? null,
  };
}
