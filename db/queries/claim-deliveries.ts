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
 */
export async function claimDeliveries(
  sql: postgres.Sql,
  params: { slots: number; bytes: number; leaseSeconds: number },
): Promise<ClaimedDelivery[]> {
  const rows = await sql.unsafe<ClaimedDelivery[]>(
    statement,
    [params.slots, params.bytes, params.leaseSeconds, endpointsPerClaim],
    { prepare: true },
  );
  return [...rows];
}

/**
 * `seen` keeps the slots exact: a row that another claim changed after this statement began is checked again once it
 * is locked, with the new `s` and the old `seen`, no longer matches, and is left to the next claim. Without it this
 * claim would count leases by what it saw when it began.
 */
const statement = `
  with requested as (
    select d.id, d.requested_at from deliveries d
    where d.requested_at <= now() and (d.leased_until is null or d.leased_until < now())
    order by d.requested_at limit $1 for update skip locked
  ), ready as materialized (
    select s.endpoint_id, s.concurrency, s.hot_until
    from endpoint_states s join endpoint_states seen on seen.endpoint_id = s.endpoint_id and seen.claimed_at = s.claimed_at
    where s.next_due_at <= now() and s.disabled_at is null
    order by s.claimed_at limit $4 for no key update of s skip locked
  ), slots as materialized (
    select r.endpoint_id, r.hot_until, busy.n as busy, greatest(r.concurrency - busy.n, 0)::int as free
    from ready r cross join lateral (
      select count(*) as n from deliveries d where d.endpoint_id = r.endpoint_id and d.leased_until > now()
    ) busy
  ), due as materialized (
    select d.id, d.event_id, s.endpoint_id, d.due_at
    from slots s cross join lateral (
      select d.id, d.event_id, d.due_at from deliveries d
      where d.endpoint_id = s.endpoint_id and d.due_at <= now()
        and (d.leased_until is null or d.leased_until < now()) and d.requested_at is null
      order by d.due_at limit s.free for update skip locked
    ) d
  ), turns as (
    select id, event_id, row_number() over (partition by endpoint_id order by due_at, id) as turn from due
  ), queue as (
    select r.id, 0::bigint as turn, 'requested' as lane from requested r
    union all
    select t.id, t.turn, 'due' from turns t
  ), measured as (
    select q.id, q.lane, sum(e.body_bytes) over (order by q.turn, q.id) as bytes,
      row_number() over (order by q.turn, q.id) as place
    from queue q join deliveries d on d.id = q.id join events e on e.id = d.event_id
  ), picked as (
    select id, lane from measured where place <= $1 and (bytes <= $2 or place = 1)
  ), leased as (
    update deliveries d set token = gen_random_uuid(), leased_until = now() + make_interval(secs => $3)
    from picked p where d.id = p.id
    returning d.id, d.token, d.workspace_id, d.endpoint_id, d.event_id, d.type, d.test, d.attempts, d.automatic_attempts,
      case when p.lane = 'requested' then d.requested_trigger else 'automatic' end as trigger
  ), turned as (
    update endpoint_states s set
      claimed_at = greatest(clock_timestamp(), s.claimed_at + interval '1 millisecond'),
      next_due_at = case
        when found.n = 0 and slots.busy = 0 and (slots.hot_until is null or slots.hot_until < now())
          then (select min(d.due_at) from deliveries d where d.endpoint_id = slots.endpoint_id and d.due_at is not null)
        else s.next_due_at end
    from slots cross join lateral (select count(*) as n from due where due.endpoint_id = slots.endpoint_id) found
    where s.endpoint_id = slots.endpoint_id
  )
  select l.id, l.token, l.workspace_id as "workspaceId", l.endpoint_id as "endpointId", l.event_id as "eventId",
    l.type, l.test, l.trigger, l.attempts, l.automatic_attempts as "automaticAttempts",
    e.body, p.url, p.signature, p.headers,
    coalesce((
      select json_agg(s.ciphertext order by s.id desc) from endpoint_secrets s
      where s.endpoint_id = p.id and (s.expires_at is null or s.expires_at > now())
    ), '[]') as secrets
  from leased l join events e on e.id = l.event_id join endpoints p on p.id = l.endpoint_id and p.deleted_at is null`;
