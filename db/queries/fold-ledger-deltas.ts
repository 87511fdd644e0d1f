import type postgres from "postgres";
import { namedStatement } from "./named-statement";

/** Deltas that one statement folds. */
const deltasPerFold = 10_000;

/** Folds the deltas into `ledger_hours`. Several processes may do so at once. */
export async function foldLedgerDeltas(sql: postgres.Sql): Promise<void> {
  for (;;) {
    const [row] = await fold(sql, {});
    if ((row?.n ?? 0) < deltasPerFold) return;
  }
}

/** The keys are sorted before the upsert, so that two processes cannot deadlock. */
const fold = namedStatement<{ n: number }>(`
  with taken as (
    delete from ledger_deltas where ctid = any(array(select ctid from ledger_deltas limit ${deltasPerFold} for update skip locked))
    returning *
  ), folded as (
    insert into ledger_hours as h (workspace_id, hour, accepted, succeeded, failed, discarded, events)
    select workspace_id, hour, sum(accepted), sum(succeeded), sum(failed), sum(discarded), sum(events)
    from taken group by workspace_id, hour order by workspace_id, hour
    on conflict (workspace_id, hour) do update set
      accepted = h.accepted + excluded.accepted,
      succeeded = h.succeeded + excluded.succeeded,
      failed = h.failed + excluded.failed,
      discarded = h.discarded + excluded.discarded,
      events = h.events + excluded.events
  )
  select count(*)::int as n from taken`);
