import type postgres from "postgres";
import type { AttemptTrigger } from "../../lib/deliveries/constants";
import type { SignatureKind } from "../../lib/endpoints/constants";

/** A delivery that this process may send until its lease ends, with all that the request needs. */
export type ClaimedDelivery = {
  id: string;
  token: string;
  workspaceId: string;
  endpointId: string;
  eventId: string;
  type: string;
  test: boolean;
  trigger: AttemptTrigger;
  attempts: number;
  automaticAttempts: number;
  body: string;
  url: string;
  signature: SignatureKind;
  /** Name to encrypted value. */
  headers: Record<string, string>;
  /** Encrypted, newest first. */
  secrets: string[];
};

/** Endpoints looked at by one claim. Those left out come first in the next one. */
const endpointsPerClaim = 256;

/**
 * Leases due deliveries: first what people asked for, then from each ready endpoint, in rotating order, its oldest
 * due deliveries up to its free slots, one of each endpoint before a second of any.
 *
 * An endpoint that has nothing due and nothing in flight is put aside until its next due time, unless a publish
 * that began a moment ago may still commit (`hot_until`).
 *
 * @param params.slots free sockets: deliveries at most
 * @param params.bytes bodies at most (the first is always taken)
 * @param params.finished deliveries that are leased still, but whose attempts have ended: they occupy no slot. By id
 *   and not by number, so that one whose record commits meanwhile is not counted twice
 */
export async function claimDeliveries(
  sql: postgres.Sql,
  params: { slots: number; bytes: number; leaseSeconds: number; finished?: string[] },
): Promise<ClaimedDelivery[]> {
  const rows = await sql.unsafe<ClaimedDelivery[]>(
    statement,
    [params.slots, params.bytes, params.leaseSeconds, endpointsPerClaim, params.finished ?? []],
    { prepare: true },
  );
  return [...rows];
}

/**
 * `seen` keeps the slots exact: a row that another claim changed after this statement began is checked again once it
 * is locked, with the new `s` and the old `seen`, no longer matches, and is left to the next claim. Without it this
 * claim would count leases by what it saw when it began.
 *
 * `relaxed`: a claim does not wait for the disk. One that a crash of the database forgets is claimed again, and sent
 * twice, as a crash between an answer and its record would have it anyway.
 *
 * The lateral lookups with `limit 1` are joins whose order the planner cannot turn around.
 */
const statement = `
  with requested as (
    select d.id, d.event_id from deliveries d
    where d.requested_at <= now() and (d.leased_until is null or d.leased_until < now())
    order by d.requested_at limit $1 for update skip locked
  ), relaxed as materialized (
    select set_config('synchronous_commit', 'off', true)
  ), ready as materialized (
    select s.endpoint_id, s.concurrency, s.hot_until
    from relaxed cross join endpoint_states s join endpoint_states seen on seen.endpoint_id = s.endpoint_id and seen.claimed_at = s.claimed_at
    where s.next_due_at <= now() and s.disabled_at is null
    order by s.claimed_at limit $4 for no key update of s skip locked
  ), slots as materialized (
    select r.endpoint_id, r.hot_until, busy.n as busy, greatest(r.concurrency - busy.n, 0)::int as free
    from ready r cross join lateral (
      select count(*) as n from deliveries d
      where d.endpoint_id = r.endpoint_id and d.leased_until > now() and d.id <> all($5::uuid[])
    ) busy
  ), due as materialized (
    select d.id, d.event_id, s.endpoint_id, d.due_at
    from slots s cross join lateral (
      select d.id, d.event_id, d.due_at from deliveries d
      where d.endpoint_id = s.endpoint_id and d.due_at <= now()
        and (d.leased_until is null or d.leased_until < now()) and d.requested_at is null
      order by d.due_at limit s.free for update skip locked
    ) d
  ), queue as (
    select r.id, r.event_id, 0::bigint as turn, 'requested' as lane from requested r
    union all
    select id, event_id, row_number() over (partition by endpoint_id order by due_at, id), 'due' from due
  ), measured as (
    select q.id, q.lane, sum(e.body_bytes) over (order by q.turn, q.id) as bytes,
      row_number() over (order by q.turn, q.id) as place
    from queue q cross join lateral (select e.body_bytes from events e where e.id = q.event_id limit 1) e
  ), picked as (
    select id, lane from measured where place <= $1 and (bytes <= $2 or place = 1)
  ), leased as (
    update deliveries d set token = gen_random_uuid(), leased_until = now() + make_interval(secs => $3)
    from picked p where d.id = p.id
    returning d.id, d.token, d.workspace_id, d.endpoint_id, d.event_id, d.type, d.test, d.attempts, d.automatic_attempts,
      case when p.lane = 'requested' then d.requested_trigger else 'automatic' end as trigger
  ), found as materialized (
    select endpoint_id, count(*) as n from due group by endpoint_id
  ), turned as (
    update endpoint_states s set
      claimed_at = greatest(clock_timestamp(), s.claimed_at + interval '1 millisecond'),
      next_due_at = case
        when found.n is null and slots.busy = 0 and (slots.hot_until is null or slots.hot_until < now())
          then (select min(d.due_at) from deliveries d where d.endpoint_id = slots.endpoint_id and d.due_at is not null)
        else s.next_due_at end
    from slots left join found on found.endpoint_id = slots.endpoint_id
    where s.endpoint_id = slots.endpoint_id
  ), targets as materialized (
    select p.id, p.url, p.signature, p.headers,
      coalesce((
        select json_agg(s.ciphertext order by s.id desc) from endpoint_secrets s
        where s.endpoint_id = p.id and (s.expires_at is null or s.expires_at > now())
      ), '[]') as secrets
    from (select distinct endpoint_id from leased) l
    cross join lateral (select p.* from endpoints p where p.id = l.endpoint_id and p.deleted_at is null limit 1) p
  )
  select l.id, l.token, l.workspace_id as "workspaceId", l.endpoint_id as "endpointId", l.event_id as "eventId",
    l.type, l.test, l.trigger, l.attempts, l.automatic_attempts as "automaticAttempts",
    e.body, p.url, p.signature, p.headers, p.secrets
  from leased l join targets p on p.id = l.endpoint_id
  cross join lateral (select e.body from events e where e.id = l.event_id limit 1) e`;
