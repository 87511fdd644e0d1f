import { database } from "@/db/connection/database";
import { foldDeliveryDeltas } from "@/db/queries/fold-delivery-deltas";
import { findCompleteFrom, noteCompleteFrom, recountDeliveries } from "@/db/queries/recount-deliveries";
import { completeSince } from "../core/ledger";

const hourMs = 3_600_000;
/** A run begins to count no further hour after that time; the next run goes on. */
const countMsMax = 15_000;

/**
 * Folds the counts' deltas. If an older version has filled the tables without counting, what they hold is counted, the
 * newest hours first, until all that is retained is.
 *
 * @param params.retainedFrom from when on anything is retained
 * @param params.now hours begin with the one after it: clocks of processes differ
 */
export async function countDeliveries({
  retainedFrom,
  now,
}: {
  retainedFrom: Date;
  now: Date;
}): Promise<void> {
  const { sql } = database();
  await foldDeliveryDeltas(sql);
  const startedAt = Date.now();
  const newest = new Date((Math.floor(now.getTime() / hourMs) + 2) * hourMs);
  let from = (await findCompleteFrom(sql)) ?? newest;
  while (from > completeSince && Date.now() < startedAt + countMsMax) {
    const next = new Date(from.getTime() - hourMs);
    await recountDeliveries(sql, { from: next, to: from });
    await foldDeliveryDeltas(sql);
    from = next > retainedFrom ? next : completeSince;
    await noteCompleteFrom(sql, from);
  }
}
