import { hourOfId } from "./time-of-id.mjs";

/**
 * The statement that records in the ledger what became of deliveries: one row for each hour of acceptance. It belongs into
 * the statement, or at least the transaction, that changes them. Tests and what did not change are left out.
 *
 * @param source a table expression with the columns `workspace_id`, `event_id`, `test`, `was` (the status before,
 *   `null` of a new delivery) and `became` (the status now)
 */
export const insertLedgerDeltas = (source: string) => `
  insert into ledger_deltas (workspace_id, hour, accepted, succeeded, failed, discarded)
  select workspace_id, ${hourOfId("event_id")},
    count(*) filter (where was is null),
    ${gained("succeeded")}, ${gained("failed")}, ${gained("discarded")}
  from ${source} changed where became is distinct from was and not test
  group by 1, 2`;

const gained = (status: string) =>
  `count(*) filter (where became = '${status}') - count(*) filter (where was = '${status}')`;
