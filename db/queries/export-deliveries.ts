import type { Database } from "../connection/client";
import { type DeliveryFilter, type DeliveryRow, findDeliveries } from "./deliveries";
import { walkDeliveries } from "./scan-deliveries";

/** Rows that are held at a time, whatever there is to be exported. */
const rowsPerRead = 1_000;

/**
 * All deliveries that a filter matches, newest first, read in pieces as they are asked for: no transaction stays open
 * between two of them, no statement is long however few match, and no more than one piece is in memory.
 */
export async function* walkDeliveryRows(
  db: Database,
  filter: DeliveryFilter,
  { chunk = rowsPerRead }: { chunk?: number } = {},
): AsyncGenerator<DeliveryRow[], void> {
  const { workspaceId } = filter;
  for await (const { ids } of walkDeliveries(db, { filter, limit: chunk })) {
    if (ids.length > 0)
      yield await findDeliveries(db, { workspaceId, deliveryIds: ids, tests: true }, ids.length);
  }
}
