import { hourOfId } from "./time-of-id.mjs";

/**
 * The statement that records changes of deliveries in the ledger, one row per hour of acceptance. It must run in the
 * statement, or at least in the transaction, that changes them. Tests and unchanged deliveries are left out.
 *
 * @param source a table expression with the columns `workspace_id`, `event_id`, `test`, `was` (the status before,
 *   `null` for a new delivery) and `became` (the status now)
 * @param published a table expression with one row per accepted event: `workspace_id`, `event_id`
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

/** An event is a row whose status does not change. */
const withPublished = (source: string, published: string) => `(
    select workspace_id, event_id, test, was, became from ${source} of_deliveries
    union all
    select workspace_id, event_id, false, null, null from ${published} of_events)`;

const gained = (status: string) =>
  `count(*) filter (where became = '${status}') - count(*) filter (where was = '${status}')`;
