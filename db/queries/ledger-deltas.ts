import type postgres from "postgres";
import { namedStatement } from "./named-statement";
import { hourOfId } from "./time-of-id.mjs";

/**
 * The statement that tells the ledger what became of deliveries: one row for each hour of acceptance. It belongs into
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

/** Deltas folded by one statement. */
const deltasPerFold = 10_000;

/** Adds the deltas up in `ledger_hours`; several processes may do so at once. */
export async function foldLedgerDeltas(sql: postgres.Sql): Promise<void> {
  for (;;) {
    const [row] = await fold(sql, {});
    if ((row?.n ?? 0) < deltasPerFold) return;
  }
}

/** The keys are sorted before the upsert, so that two processes cannot wait for each other in a ring. */
const fold = namedStatement<{ n: number }>(`
  with taken as (
    delete from ledger_deltas where ctid = any(array(select ctid from ledger_deltas limit ${deltasPerFold} for update skip locked))
    returning *
  ), folded as (
    insert into ledger_hours as h (workspace_id, hour, accepted, succeeded, failed, discarded)
    select workspace_id, hour, sum(accepted), sum(succeeded), sum(failed), sum(discarded)
    from taken group by workspace_id, hour order by workspace_id, hour
    on conflict (workspace_id, hour) do update set
      accepted = h.accepted + excluded.accepted,
      succeeded = h.succeeded + excluded.succeeded,
      failed = h.failed + excluded.failed,
      discarded = h.discarded + excluded.discarded
  )
  select count(*)::int as n from taken`);
