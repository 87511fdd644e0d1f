import type { DiscardReason } from "../../lib/core/deliveries";

/**
 * SQL that ends pending deliveries as discarded.
 *
 * @param source a table expression with rows deleted from `delivery_queue`; those that had already ended keep their
 *   status
 * @returns a statement whose rows have the columns that `insertLedgerDeltas` and `insertDeliveryDeltas` take
 */
export const insertDiscarded = (source: string, reason: DiscardReason) => `
  insert into deliveries (id, workspace_id, event_id, endpoint_id, type, test, status, discard_reason,
    attempts, http_status, error, duration_ms, completed_at)
  select delivery_id, workspace_id, event_id, endpoint_id, type, test, 'discarded', '${reason}',
    attempts, http_status, error, duration_ms, now()
  from ${source} removed where pending
  returning workspace_id, event_id, endpoint_id, id as delivery_id, test, 'pending' as was, status as became`;
