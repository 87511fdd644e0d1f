import type { Database } from "../connection/client";
import { type DeliveryFilter, type DeliveryRow, findDeliveries } from "./deliveries";
import { walkDeliveries } from "./scan-deliveries";

/** The most rows in memory at a time, whatever the size of the export. */
const rowsPerRead = 1_000;

/**
 * All deliveries that a filter matches, newest first, read in chunks on demand. No transaction stays open between
 * chunks, no statement runs long however few deliveries match, and only one chunk is in memory.
 */
export async function* walkDeliveryRows(
  db: Database,
  filter: DeliveryFilter,
  { chunk = rowsPerRead }: { chunk?: number } = {},
): AsyncGenerator<DeliveryRow[], void> {
  const { workspaceId } = filter;
  for await (const { ids } of walkDeliveries(db, { filter, limit: chunk })) {
    if (ids.length > 0) yield await findDeliveries(db, { workspaceId, deliveryIds: ids });
  }
}
