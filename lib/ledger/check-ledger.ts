import { database } from "@/db/connection/database";
import { compareLedger, gapsMax } from "@/db/queries/compare-ledger";
import { foldGroupDeltas } from "@/db/queries/fold-group-deltas";
import { foldLedgerDeltas } from "@/db/queries/fold-ledger-deltas";
import { findGapHours, updateGapAlarms, updateLateAlarms } from "@/db/queries/ledger-alarms";
import { noteComparison, takeLedgerCheck } from "@/db/queries/ledger-checks";
import { findOldestDue } from "@/db/queries/oldest-due";
import { recountDeliveries } from "@/db/queries/recount-deliveries";
import { newId, toPublicId } from "../core/ids";
import { compareAllHours, compareEveryMinutes } from "../core/ledger";
import { log } from "../platform/log";
import { countDeliveries } from "./count-deliveries";

export type LedgerCheck = {
  /** Alarms. */
  opened: number;
  closed: number;
  comparedHours: number;
  /** Comparisons that the database refused, for example because they took too long. */
  failed: number;
};
type HourRange = { from: Date; hours: number };

const hourMs = 3_600_000;
/** How many hours with an open alarm a run compares again. */
const gapHoursMax = 12;
/** A run starts no further comparison after this time; the next run continues. */
const compareMsMax = 30_000;
/** Hours compared by one statement when all hours are checked. */
const hoursPerStatement = 24;

/**
 * Folds the ledger's deltas and looks for late deliveries. Every few minutes it also compares the ledger with the
 * tables: the present hour and the last, hours with an open alarm, and older ones in rotation, so that all retained
 * data is read again within a day, and so are the counts. What it finds opens an alarm, and what it no longer finds
 * closes it.
 *
 * @param params.everything compare all retained data now, even if another process has just checked
 * @returns `null` if another process has just checked
 */
export async function checkLedger({
  everything = false,
}: {
  everything?: boolean;
} = {}): Promise<LedgerCheck | null> {
  const { db, sql } = database();
  const now = new Date();
  const turn = await takeLedgerCheck(db, { betweenSeconds: everything ? 0 : 45 });
  if (!turn) return null;
  if (turn.hasToCount) {
    await foldLedgerDeltas(sql);
    await foldGroupDeltas(sql);
    await countDeliveries({ retainedFrom: turn.retainedFrom, now });
  }
  const result = await checkLate(turn.hasLateAlarm);
  const sinceMs = now.getTime() - (turn.comparedAt?.getTime() ?? 0);
  if (!everything && sinceMs < compareEveryMinutes * 60_000 - 30_000) return result;

  const thisHour = new Date(Math.floor(now.getTime() / hourMs) * hourMs);
  const retainedHours = Math.max(1, (thisHour.getTime() - turn.retainedFrom.getTime()) / hourMs);
  // One hour more, for the ids of a process whose clock is ahead.
  const recent = { from: later(thisHour, -1), hours: 3 };
  const next = turn.nextHour ?? turn.retainedFrom;
  const older = {
    from: next >= turn.retainedFrom && next < thisHour ? next : turn.retainedFrom,
    hours: Math.ceil((retainedHours * compareEveryMinutes) / (compareAllHours * 60)),
  };
  const ranges = everything
    ? [...split({ from: turn.retainedFrom, hours: retainedHours }), recent]
    : [recent, ...(await findGapHours(db, gapHoursMax)).map((from) => ({ from, hours: 1 })), older];
  let nextHour = older.from;
  for (const range of ranges) {
    if (!everything && Date.now() > now.getTime() + compareMsMax) break;
    const { opened, closed, comparedHours, failed } = await compareRange(range);
    result.opened += opened;
    result.closed += closed;
    result.comparedHours += comparedHours;
    result.failed += failed;
    if (range === older) nextHour = later(older.from, older.hours);
  }
  await noteComparison(db, { comparedAt: new Date(), nextHour });
  return result;
}

async function checkLate(hasAlarm: boolean): Promise<LedgerCheck> {
  const late = (await findOldestDue(database().sql, { workspaceId: null })).filter((one) => one.late);
  if (late.length === 0 && !hasAlarm) return { opened: 0, closed: 0, comparedHours: 0, failed: 0 };
  const { opened, closed } = await updateLateAlarms(
    database().sql,
    late.map((one) => ({ ...one, id: newId() })),
  );
  for (const { workspaceId, deliveryId, endpointId, dueAt } of opened) {
    log().error(
      {
        workspace: toPublicId("workspace", workspaceId),
        delivery: toPublicId("delivery", deliveryId),
        endpoint: toPublicId("endpoint", endpointId),
        dueAt,
      },
      "a delivery has been due for more than a minute, and is not being sent",
    );
  }
  return { opened: opened.length, closed, comparedHours: 0, failed: 0 };
}

async function compareRange(range: HourRange): Promise<LedgerCheck> {
  const { sql } = database();
  const { from, to } = { from: range.from, to: later(range.from, range.hours) };
  try {
    // A process of an older version may have ended deliveries meanwhile without counting them.
    await recountDeliveries(sql, { from, to });
    const gaps = await compareLedger(sql, { from, to });
    // Hours that were left out are no reason to close an alarm.
    const compared = gaps.length < gapsMax ? to : (gaps.at(-1)?.hour ?? to);
    const { opened, closed } = await updateGapAlarms(sql, {
      from,
      to: compared,
      gaps: gaps.map((gap) => ({ ...gap, id: newId() })),
    });
    for (const { workspaceId, hour, expected, found } of opened) {
      log().error(
        { workspace: toPublicId("workspace", workspaceId), hour, expected, found },
        "the ledger has a gap: what was accepted in this hour does not match the tables",
      );
    }
    return { opened: opened.length, closed, comparedHours: range.hours, failed: 0 };
  } catch (error) {
    log().error({ error, from, to }, "hours of the ledger could not be compared; trying again later");
    return { opened: 0, closed: 0, comparedHours: 0, failed: 1 };
  }
}

function split({ from, hours }: HourRange): HourRange[] {
  const parts: HourRange[] = [];
  for (let at = 0; at < hours; at += hoursPerStatement)
    parts.push({ from: later(from, at), hours: Math.min(hoursPerStatement, hours - at) });
  return parts;
}

function later(time: Date, hours: number): Date {
  return new Date(time.getTime() + hours * hourMs);
}
