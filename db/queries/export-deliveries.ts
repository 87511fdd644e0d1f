import type { Database } from "../connection/client";
import { type DeliveryFilter, type DeliveryRow, findDeliveries } from "./deliveries";

/** Rows that are held at a time, whatever there is to be exported. */
const rowsPerRead = 1_000;

/**
 * All deliveries that a filter matches, newest first, read in pieces as they are asked for: no transaction stays open
 * between two of them, and no more than one piece is in memory.
 */
export async function* walkDeliveries(
  db: Database,
  filter: DeliveryFilter,
  { chunk = rowsPerRead }: { chunk?: number } = {},
): AsyncGenerator<DeliveryRow[], void> {
  let belowId = filter.belowId;
  for (;;) {
    const rows = await findDeliveries(db, { ...filter, belowId }, chunk);
    if (rows.length > 0) yield rows;
    if (rows.length < chunk) return;
    belowId = rows.at(-1)?.id;
  }
}
