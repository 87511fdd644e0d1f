import type postgres from "postgres";
import type { AttemptTrigger } from "../../lib/core/deliveries";
import { backoffFailures } from "../../lib/core/endpoint-state";
import type { RetryPolicy, SignatureKind } from "../../lib/core/endpoints";
import { fromColumns, toColumns } from "./columns";

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
  /** Whether the delivery has not ended yet; one that has is sent once more, and stays as it is where that fails. */
  pending: boolean;
  attempts: number;
  automaticAttempts: number;
  body: string;
  url: string;
  retryPolicy: RetryPolicy;
  /** Name to encrypted value. */
  headers: Record<string, string>;
  /** What it is signed with, the current one first. */
  secrets: ClaimedSecret[];
};

/** `ciphertext` is null where the installation's own key signs. */
export type ClaimedSecret = { kind: SignatureKind; ciphertext: string | null };

/** What the deliveries of one endpoint share. */
type Target = Pick<ClaimedDelivery, "url" | "retryPolicy" | "headers" | "secrets">;
type Leased = Omit<ClaimedDelivery, keyof Target>;
/** The targets of all rows stand in the first: they come, and are parsed, once. Where nothing is leased, one row says so. */
type ClaimedRow = (Leased | { id: null }) & { targets: (Target & { id: string })[] | null; more: boolean };

/** Endpoints looked at by one claim, each at a cost. Those left out come first in the next one. */
const endpointsPerClaim = 64;

/**
 * Leases due deliveries: first what people asked for, then from each ready endpoint, in rotating order, its oldest
 * due deliveries up to its free slots, one of each endpoint before a second of any.
 *
 * Slots are the endpoint's concurrency (less while it recovers, and no more than its rate limit allows by now), less
 * what is leased; where many endpoints are ready, each is asked for its share of the sockets only, so that no more is
 * locked than taken. An endpoint that backs off has one, for its probe, from the time of the next probe on. One that has
 * nothing due and nothing in flight is put aside until its next due time, unless a publish that began a moment ago may
 * still commit (`hot_until`).
 *
 * @param params.slots free sockets: deliveries at most
 * @param params.bytes bodies at most (the first is always taken)
 * @param params.owner the process that will send them (see `keepLeaseOwner`); without one, only time ends the leases
 * @param params.finished deliveries that are leased still, but whose attempts have ended: they occupy no slot. By id
 *   and not by number, so that one whose record commits meanwhile is not counted twice
 * @returns what was leased, and whether `more` may be due already: something was left for want of slots, sockets or room
 */
export async function claimDeliveries(
  sql: postgres.Sql,
  params: { slots: number; bytes: number; leaseSeconds: number; owner?: string; finished?: string[] },
): Promise<{ deliveries: ClaimedDelivery[]; more: boolean }> {
  const rows = await sql.unsafe<ClaimedRow[]>(
    statement,
    [
      params.slots,
      params.bytes,
      params.leaseSeconds,
      endpointsPerClaim,
      ...toColumns(params.finished ?? [], [(id) => id]),
      params.owner ?? null,
    ],
    { prepare: true },
  );
  const [first] = rows;
  const targets = new Map(first?.targets?.map(({ id, ...target }) => [id, target]));
  const deliveries: ClaimedDelivery[] = [];
  for (const row of rows) {
    const target = row.id === null ? undefined : targets.get(row.endpointId);
    if (row.id !== null && target) deliveries.push(Object.assign(row, target));
  }
  return { deliveries, more: first?.more ?? true };
}

/**
 * `seen` keeps the slots exact: a row that another claim changed after this statement began is checked again once it
 * is locked, with the new `s` and the old `seen`, no longer matches, and is left to the next claim. Without it this
 * claim would count leases by what it saw when it began.
 *
 * `relaxed`: a claim does not wait for the disk. One that a crash of the database forgets is claimed again, and sent
 * twice, as a crash between an answer and its record would have it anyway.
 *
 * The lateral lookups with `limit 1`, and rows found again by their place in the table, are joins whose order the
 * planner cannot turn around. It would, where it believes the queue to be empty, as it was when it was last analyzed: then
 * it reads all of the queue for each delivery.
 */
const statement = `
  with finished as materialized (
    select id from ${fromColumns(5, { id: "uuid" })}
  ), requested as (
    select q.ctid as place, q.delivery_id, q.body_bytes from delivery_queue q
    where q.requested_at <= now() and (not q.leased or q.leased_until < now())
    order by q.requested_at limit $1 for update skip locked
  ), relaxed as materialized (
    select set_config('synchronous_commit', 'off', true)
  ), ready as materialized (
    select s.*
    from relaxed cross join endpoint_states s join endpoint_states seen on seen.endpoint_id = s.endpoint_id and seen.claimed_at = s.claimed_at
    where s.next_due_at <= now() and s.disabled_at is null
      and (s.consecutive_failures < ${backoffFailures}
        or (s.next_probe_at <= now() and (s.probe_until is null or s.probe_until < now())))
    order by s.claimed_at limit $4 for no key update of s skip locked
  ), measured as materialized (
    select r.endpoint_id, r.hot_until, r.consecutive_failures >= ${backoffFailures} as probes, p.epoch, p.rate_limit,
      busy.leases, busy.lapsed,
      least(r.concurrency, coalesce(r.ramp, r.concurrency)) - busy.n as slots,
      least(p.rate_limit, coalesce(r.rate_tokens, p.rate_limit)
        + p.rate_limit * greatest(0, coalesce(extract(epoch from now() - r.rate_at)::float8, 0))) as allowed
    from ready r
    cross join lateral (select p.epoch, p.rate_limit from endpoints p where p.id = r.endpoint_id limit 1) p
    cross join lateral (
      select count(*) filter (where q.leased_until > now() and q.delivery_id not in (select f.id from finished f)) as n,
        count(*) filter (where q.leased_until <= now()) as lapsed, count(*) as leases
      from delivery_queue q where q.endpoint_id = r.endpoint_id and q.leased
    ) busy
  ), turns as materialized (
    select f.*, least(f.slots_free, ceil($1::float8 / greatest(1, count(*) filter (where f.slots_free > 0) over ())))::int as free
    from (
      select m.*, greatest(0, least(case when m.probes then 1 else m.slots end, floor(m.allowed)))::int as slots_free
      from measured m
    ) f
  ), waiting as materialized (
    select q.*, t.endpoint_id, t.free, t.probes from turns t cross join lateral (
      select q.ctid as place, q.delivery_id, q.body_bytes, q.due_at from delivery_queue q
      where q.endpoint_id = t.endpoint_id and q.leased = false and q.epoch = t.epoch and q.due_at <= now()
        and q.requested_at is null
      order by q.due_at limit t.free for update skip locked
    ) q
  ), lapsed as materialized (
    select q.*, t.endpoint_id, t.free, t.probes from turns t cross join lateral (
      select q.ctid as place, q.delivery_id, q.body_bytes, q.due_at from delivery_queue q
      where t.lapsed > 0 and q.endpoint_id = t.endpoint_id and q.leased = true and q.epoch = t.epoch and q.due_at <= now()
        and q.requested_at is null and q.leased_until < now()
      order by q.due_at limit t.free for update skip locked
    ) q
  ), due as materialized (
    select d.*, row_number() over (partition by d.endpoint_id order by d.due_at, d.delivery_id) as turn
    from (select * from waiting union all select * from lapsed) d
  ), line as (
    select r.place, r.delivery_id, r.body_bytes, 0::bigint as turn, false as probe, true as requested from requested r
    union all
    select d.place, d.delivery_id, d.body_bytes, d.turn, d.probes, false from due d where d.turn <= d.free
  ), picked as (
    select * from (
      select l.*, sum(l.body_bytes) over (order by l.turn, l.delivery_id) as bytes,
        row_number() over (order by l.turn, l.delivery_id) as number
      from line l
    ) l where number <= $1 and (bytes <= $2 or number = 1)
  ), more as materialized (
    select exists (select from turns where free <= 0) or exists (select from due where turn >= free)
      or (select count(*) from turns) >= $4 or (select count(*) from line) > (select count(*) from picked)
      or (select count(*) from picked) >= $1 as more
  ), leased as (
    update delivery_queue q set leased = true, token = gen_random_uuid(), leased_until = now() + make_interval(secs => $3),
      leased_by = $6::uuid
    from picked p where q.ctid = p.place
    returning q.*, p.probe, p.requested
  ), taken as materialized (
    select endpoint_id, count(*) as n, (array_agg(token))[1] as token, max(leased_until) as leased_until
    from leased where not requested group by endpoint_id
  ), turned as (
    update endpoint_states s set
      claimed_at = greatest(clock_timestamp(), s.claimed_at + interval '1 millisecond'),
      next_due_at = case
        when t.allowed < 1 then now() + make_interval(secs => (1 - t.allowed) / t.rate_limit)
        when taken.n is null and t.leases = 0 and (t.hot_until is null or t.hot_until < now())
            and not exists (select from due d where d.endpoint_id = t.endpoint_id)
          then (select q.due_at from delivery_queue q
            where q.endpoint_id = t.endpoint_id and q.leased = false and q.epoch = t.epoch and q.due_at is not null
            order by q.due_at limit 1)
        else s.next_due_at end,
      rate_tokens = t.allowed - coalesce(taken.n, 0),
      rate_at = case when t.rate_limit is not null then now() end,
      probe_token = case when t.probes then taken.token end,
      probe_until = case when t.probes then taken.leased_until end
    from turns t left join taken on taken.endpoint_id = t.endpoint_id
    where s.endpoint_id = t.endpoint_id
  ), targets as materialized (
    select p.id, p.url, p.headers, coalesce(p.retry_policy, w.retry_policy) as "retryPolicy",
      coalesce((
        select json_agg(json_build_object('kind', s.kind, 'ciphertext', s.ciphertext)
          order by s.expires_at is not null, s.id desc) from endpoint_secrets s
        where s.endpoint_id = p.id and (s.expires_at is null or s.expires_at > now())
      ), '[]') as secrets
    from (select distinct endpoint_id from leased) l
    cross join lateral (select p.* from endpoints p where p.id = l.endpoint_id and p.deleted_at is null limit 1) p
    cross join lateral (select w.retry_policy from workspaces w where w.id = p.workspace_id limit 1) w
  ), sent as (
    select l.delivery_id as id, l.token, l.workspace_id as "workspaceId", l.endpoint_id as "endpointId", l.event_id as "eventId",
      l.type, l.test, l.pending, l.attempts, l.automatic_attempts as "automaticAttempts",
      case when l.requested then l.requested_trigger when l.probe then 'probe' when l.replay then 'replay' else 'automatic' end as trigger,
      e.body
    from leased l
    cross join lateral (
      select e.body from events e where e.workspace_id = l.workspace_id and e.id = l.event_id limit 1
    ) e
  )
  select sent.*, more.more,
    case when row_number() over () = 1 then (select json_agg(p) from targets p) end as targets
  from more left join sent on true`;
