import { hourOfId } from "./time-of-id.mjs";

/**
 * The statement that records in the ledger what became of deliveries: one row for each hour of acceptance. It belongs into
 * the statement, or at least the transaction, that changes them. Tests and what did not change are left out.
 *
 * @param source a table expression with the columns `workspace_id`, `event_id`, `test`, `was` (the status before,
 *   `null` of a new delivery) and `became` (the status now)
 * @param published a table expression with a row for each event that was accepted: `workspace_id`, `event_id`
 */
export const insertLedgerDeltas = (source: string, published?: string) => `
  insert into ledger_deltas (workspace_id, hour, accepted, succeeded, failed, discarded, events)
  select workspace_id, ${hourOfId("event_id")},
    count(*) filter (where was is null and became is not null),
    ${gained("succeeded")}, ${gained("failed")}, ${gained("discarded")},
    ${published ? "count(*) filter (where became is null)" : "0"}
  from ${published ? withPublished(source, published) : source} changed
  where ${published ? "(became is null or became is distinct from was)" : "became is distinct from was"} and not test
  group by 1, 2`;

/** An event is a row in which nothing becomes of anything. */
const withPublished = (source: string, published: string) => `(
    select workspace_id, event_id, test, was, became from ${source} of_deliveries
    union all
    select workspace_id, event_id, false, null, null from ${published} of_events)`;

const gained = (status: string) =>
  `count(*) filter (where became = '${status}') - count(*) filter (where was = '${status}')`;
