import { database } from "@/db/connection/database";
import { foldDeliveryDeltas } from "@/db/queries/fold-delivery-deltas";
import { findCompleteFrom, noteCompleteFrom, recountDeliveries } from "@/db/queries/recount-deliveries";
import { completeSince } from "../core/ledger";

const hourMs = 3_600_000;
/** A run starts to count no further hour after this time; the next run continues. */
const countMsMax = 15_000;

/**
 * Folds the counts' deltas. If an older version has filled the tables without counting, their rows are counted, the
 * newest hours first, until all retained data is counted.
 *
 * @param params.retainedFrom from when on data is retained
 * @param params.now counting starts with the hour after it, because clocks of processes differ
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
