import type postgres from "postgres";
import type { AttemptTrigger } from "../../lib/core/deliveries";
import type { RetryPolicy, SignatureKind } from "../../lib/core/endpoints";
import { backsOff } from "../fragments/backs-off";
import { concurrency, fair, probe, rateLimit } from "../fragments/claim-policies";
import { firstDue, inTurn } from "../fragments/in-turn";
import { isFree } from "../fragments/is-free";
import { nextClaimedAt } from "../fragments/next-claimed-at";
import { namedStatement } from "./named-statement";
import { rowParameters } from "./row-parameters";

/** A delivery that this process may send until its lease ends, with everything that the request needs. */
export type ClaimedDelivery = {
  id: string;
  token: string;
  workspaceId: string;
  endpointId: string;
  eventId: string;
  type: string;
  test: boolean;
  trigger: AttemptTrigger;
  /** Whether the delivery is pending. One that has ended is sent once more, and keeps its status if that fails. */
  pending: boolean;
  attempts: number;
  automaticAttempts: number;
  body: string;
  /** Of the event; `null` if it is not part of a trace. */
  traceparent: string | null;
  url: string;
  retryPolicy: RetryPolicy;
  /** Encrypted values by name. */
  headers: Record<string, string>;
  /** The secrets it is signed with, the current one first. */
  secrets: ClaimedSecret[];
  /** How many this process may send to the endpoint at a time; `null` if nothing was claimed in the endpoint's turn. */
  concurrency: number | null;
};

/**
 * How many of an endpoint's deliveries this process claims beyond those it sends at a time, because it will soon have
 * sent these.
 */
export type Ahead = { endpointId: string; count: number };

/** `ciphertext` is null if the installation's own key signs. */
export type ClaimedSecret = { kind: SignatureKind; ciphertext: string | null };

/** What the deliveries of one endpoint share. */
type Target = Pick<ClaimedDelivery, "url" | "retryPolicy" | "headers" | "secrets" | "concurrency">;
type Leased = Omit<ClaimedDelivery, keyof Target>;
/** The first row has what all share, so that it is sent and parsed once. If nothing was leased, one row says so. */
type ClaimedRow = (Leased | { id: null }) & {
  targets: (Target & { id: string })[] | null;
  more: boolean;
  closed: string[] | null;
  /** The last endpoint, if the claim looked at as many as it may. */
  last: typeof beginning | null;
};

/**
 * The most endpoints that one claim looks at, because each has a cost. Those left out come first in this process's
 * next claim.
 */
const endpointsPerClaim = 64;
/** The most that a claim for few sockets looks at: more than sockets, because some endpoints have nothing due. */
const endpointsPerClaimMin = 16;
/** As many as may be claimed, if a claim may look at so many. No other process can claim from them meanwhile. */
const endpointsFor = (slots: string) =>
  `least(${endpointsPerClaim}, greatest(${endpointsPerClaimMin}, ${slots}::int))`;
const allSlots = "(:slots::int + :aheadSlots::int)";
/** Whether an endpoint takes part in a claim. */
const isReady = (state: string) =>
  `${state}.next_due_at <= now() and ${state}.disabled_at is null and ${probe.isReady(state)}`;

/** The endpoint that the last claim stopped at, with its due time; `beginning` if it looked at all. */
const beginning = { afterDueAt: "-infinity", afterId: "00000000-0000-0000-0000-000000000000" };
let stoppedAt = beginning;

/**
 * Leases due deliveries: first those that were requested out of turn, then from each ready endpoint, in rotation, its
 * oldest due deliveries up to its free slots, one of each endpoint before a second of any.
 *
 * The policies (see `claim-policies`) decide how many slots an endpoint has: by its concurrency, its rate limit, its
 * share of the sockets, and one probe while it backs off. An endpoint with nothing due and nothing in flight is
 * skipped until its next due time, unless a publish that began a moment ago may still commit (`hot_until`).
 *
 * @param params.slots free sockets: the most deliveries
 * @param params.bytes the most bytes of bodies (the first delivery is always taken)
 * @param params.owner the process that will send them (see `keepLeaseOwner`); without one, leases end only by time
 * @param params.finished deliveries that are still leased but whose attempts have ended, so that they use no slot:
 *   ids, not a number, so that one that is recorded meanwhile is not counted twice
 * @param params.ahead endpoints from which more may be claimed than is sent at a time, and how many of all beyond
 *   `slots`; none of an endpoint that another process sends to, that recovers, backs off or has a rate limit
 * @returns what was leased; whether `more` may be due already, because something was left for lack of slots, sockets
 *   or room; and which endpoints of `ahead` are no longer sent to, because they are disabled, deleted or back off
 */
export async function claimDeliveries(
  sql: postgres.Sql | postgres.TransactionSql,
  params: {
    slots: number;
    bytes: number;
    leaseSeconds: number;
    owner?: string;
    finished?: string[];
    ahead?: { slots: number; endpoints: Ahead[] };
  },
): Promise<{ deliveries: ClaimedDelivery[]; more: boolean; closed: string[] }> {
  const { slots, bytes, leaseSeconds, owner = null } = params;
  const rows = await claim(sql, {
    slots,
    bytes,
    leaseSeconds,
    owner,
    ...stoppedAt,
    ...finished.values(params.finished ?? []),
    aheadSlots: params.ahead?.slots ?? 0,
    ...ahead.values(params.ahead?.endpoints ?? []),
  });
  const [first] = rows;
  stoppedAt = first?.last ?? beginning;
  const targets = new Map(first?.targets?.map(({ id, ...target }) => [id, target]));
  const deliveries: ClaimedDelivery[] = [];
  for (const row of rows) {
    const target = row.id === null ? undefined : targets.get(row.endpointId);
    if (row.id !== null && target) deliveries.push(Object.assign(row, target));
  }
  return { deliveries, more: first?.more ?? true, closed: first?.closed ?? [] };
}

const finished = rowParameters<string>("finished", { id: ["uuid", (id) => id] });
const ahead = rowParameters<Ahead>("ahead", {
  id: ["uuid", (one) => one.endpointId],
  n: ["int", (one) => one.count],
});
const turn = { endpoint: "t.endpoint_id", generation: "t.generation" };

/**
 * The due deliveries of each endpoint in hand, oldest first, up to what it may take. No other claim takes them while
 * this one has locked the endpoint. Lateral lookups with a limit keep the planner from reordering the join: if it
 * believed the queue to be empty, it would read the whole queue for each delivery.
 */
const findDue = ({ leased }: { leased: boolean }) => `
    select q.*, t.endpoint_id, t.at_once, t.free, t.probes, t.token from shared t cross join lateral (
      select q.delivery_id, q.workspace_id, q.event_id, q.type, q.test, q.pending, q.attempts, q.automatic_attempts,
        q.body_bytes, q.replay, q.due_at from delivery_queue q
      where ${leased ? "t.lapsed > 0 and " : ""}${inTurn(turn, { leased })} and q.due_at <= now()
        and q.requested_at is null and not (q.delivery_id = any(t.under_way))${leased ? " and q.leased_until < now()" : ""}
      order by q.due_at limit t.free
    ) q`;

/** Ready endpoints after, or up to, the one where this process's last claim stopped. */
const lockReady = (place: string) => `
      select * from (
        select s.*
        from relaxed cross join endpoint_states s
        join endpoint_states seen on seen.endpoint_id = s.endpoint_id and seen.claimed_at = s.claimed_at
        where ${isReady("s")} and (s.next_due_at, s.endpoint_id) ${place} (:afterDueAt::text::timestamptz, :afterId::uuid)
        order by s.next_due_at, s.endpoint_id limit ${endpointsPerClaim} for no key update of s skip locked
      ) s`;

const claim = namedStatement<ClaimedRow>(`
  -- Attempts that have ended, and are leased until they are recorded.
  with finished as materialized (
    select id from ${finished.table}
  ),
  ahead as materialized (
    select id, n from ${ahead.table}
  ),
  -- What people asked for, whatever the state of its endpoint.
  requested as (
    select q.ctid as place, q.workspace_id, q.delivery_id, q.endpoint_id, q.event_id, q.type, q.test, q.pending, q.attempts,
      q.automatic_attempts, q.body_bytes, q.requested_trigger, gen_random_uuid() as token from delivery_queue q
    where q.requested_at <= now() and ${isFree("q")}
    order by q.requested_at limit :slots for update skip locked
  ),
  -- A claim does not wait for the disk. One that a crash of the database forgets is claimed again, and sent twice, as a
  -- crash between an answer and its record would have it anyway.
  relaxed as materialized (
    select set_config('synchronous_commit', 'off', true)
  ),
  -- Ready endpoints, from where this process's last claim stopped, and then from the first on. "seen" keeps their slots
  -- exact: one that another claim took from after this statement began is checked again once it is locked, no longer
  -- matches, and is left to the next claim, instead of being measured by old leases.
  locked as materialized (
    select * from (${lockReady(">")}
      union all${lockReady("<=")}
    ) s limit ${endpointsFor(allSlots)}
  ),
  -- What each has under way, and what its own limits leave. "token" is that of the lease it will be given.
  measured as materialized (
    select s.endpoint_id, s.hot_until, ${backsOff("s")} as probes, p.generation, p.rate_limit, gen_random_uuid() as token,
      busy.leases, busy.lapsed, busy.ended, busy.under_way, ${concurrency.slots("s", "busy.n")} as slots,
      ${concurrency.slots("s", "busy.others")} as "limit",
      case when busy.others = 0 and p.rate_limit is null and s.slow_start is null and not ${backsOff("s")}
        then coalesce((select a.n from ahead a where a.id = s.endpoint_id), 0) else 0 end as ahead,
      ${rateLimit.allowed("s", "p")} as allowed
    from locked s
    cross join lateral (select p.generation, p.rate_limit from endpoints p where p.id = s.endpoint_id limit 1) p
    cross join lateral (
      select count(*) filter (where b.holds and b.delivery_id not in (select f.id from finished f)) as n,
        count(*) filter (where b.holds and b.leased_by is distinct from :owner::uuid) as others,
        count(*) filter (where b.by_row and not b.holds) as lapsed, count(*) filter (where not b.by_row and not b.holds) as ended,
        count(*) as leases, coalesce(array_agg(b.delivery_id) filter (where b.holds), '{}') as under_way
      from (
        select d.id as delivery_id, l.leased_until > now() as holds, false as by_row, l.leased_by
        from delivery_leases l cross join lateral unnest(l.deliveries) d(id) where l.endpoint_id = s.endpoint_id
        union all
        select q.delivery_id, q.leased_until > now(), true, q.leased_by
        from delivery_queue q where q.endpoint_id = s.endpoint_id and q.leased
      ) b
    ) busy
  ),
  -- What each may take of this process's sockets, "at_once", and with what is taken ahead, "free".
  shared as materialized (
    select m.*, m.at_once + greatest(0, m.ahead + least(0, m.slots)) as free
    from (
      select m.*, least(m.usable, ${fair.share(":slots", "m.usable")})::int as at_once
      from (
        select m.*, greatest(0, least(${probe.slots("m")}, floor(m.allowed)))::int as usable from measured m
      ) m
    ) m
  ),
  -- Leases of an earlier version, in rows of the queue, that have ended: nobody sends these any more.
  due as materialized (
    select d.*, ${fair.turn("d")} as turn from (${findDue({ leased: false })}
      union all${findDue({ leased: true })}
    ) d
  ),
  -- Everything in the order in which it is taken.
  ranked as (
    select r.*, sum(r.body_bytes) over (order by r.ahead, r.turn, r.delivery_id) as bytes,
      row_number() over (order by r.ahead, r.turn, r.delivery_id) as number,
      count(*) filter (where not r.ahead) over () as at_once
    from (
      select place, delivery_id, workspace_id, endpoint_id, event_id, type, test, pending, attempts, automatic_attempts,
        body_bytes, token, 0::bigint as turn, requested_trigger as trigger, true as requested, false as ahead from requested
      union all
      select null, delivery_id, workspace_id, endpoint_id, event_id, type, test, pending, attempts, automatic_attempts,
        body_bytes, token, turn, case when probes then 'probe' when replay then 'replay' else 'automatic' end, false,
        turn > at_once
      from due where turn <= free
    ) r
  ),
  selected as materialized (
    select * from ranked where case when ahead then number <= at_once + :aheadSlots else number <= :slots end
      and (bytes <= :bytes or number = 1)
  ),
  more as materialized (
    select exists (select from shared where free <= 0) or exists (select from due where turn >= free)
      or (select count(*) from shared) >= ${endpointsFor(allSlots)}
      or (select count(*) from ranked) > (select count(*) from selected)
      or (select count(*) from selected where not ahead) >= :slots
      -- Those that another claim holds.
      or exists (select from endpoint_states s
        where ${isReady("s")} and s.endpoint_id not in (select endpoint_id from locked)) as more
  ),
  leased as (
    update delivery_queue q set leased = true, token = r.token,
      leased_until = now() + make_interval(secs => :leaseSeconds), leased_by = :owner::uuid
    from selected r where r.requested and q.ctid = r.place
    returning q.delivery_id
  ),
  taken as materialized (
    select endpoint_id, token, count(*) as n, array_agg(delivery_id) as deliveries
    from selected where not requested group by endpoint_id, token
  ),
  given as (
    insert into delivery_leases (endpoint_id, token, leased_by, leased_until, deliveries)
    select endpoint_id, token, :owner::uuid, now() + make_interval(secs => :leaseSeconds), deliveries from taken
  ),
  -- Leases that have ended, of what may have been taken again.
  lapsed as (
    delete from delivery_leases l using shared t
    where l.endpoint_id = t.endpoint_id and t.ended > 0 and l.leased_until <= now()
  ),
  -- What endpoints were given is written down. The others are left as they are: unless it is to be seen to later.
  turned as (
    update endpoint_states s set
      claimed_at = ${nextClaimedAt("s")},
      next_due_at = case when t.rests then (${firstDue(turn)}) when t.allowed < 1 then ${rateLimit.nextAt("t")} else s.next_due_at end,
      rate_tokens = t.allowed - coalesce(t.n, 0),
      rate_at = case when t.rate_limit is not null then now() end,
      probe_token = case when t.probes and t.n > 0 then t.token end,
      probe_until = case when t.probes and t.n > 0 then now() + make_interval(secs => :leaseSeconds) end
    from (
      select t.*, taken.n, coalesce(t.allowed >= 1, true) and taken.n is null and t.leases = 0
        and (t.hot_until is null or t.hot_until < now())
        and not exists (select from due d where d.endpoint_id = t.endpoint_id) as rests
      from shared t left join taken on taken.endpoint_id = t.endpoint_id
    ) t
    where s.endpoint_id = t.endpoint_id and (t.n > 0 or t.allowed < 1 or t.rests)
  ),
  -- What all deliveries of an endpoint have in common.
  targets as materialized (
    select p.id, p.url, p.headers, coalesce(p.retry_policy, w.retry_policy) as "retryPolicy",
      coalesce((
        select json_agg(json_build_object('kind', s.kind, 'ciphertext', s.ciphertext)
          order by s.expires_at is not null, s.id desc) from endpoint_secrets s
        where s.endpoint_id = p.id and (s.expires_at is null or s.expires_at > now())
      ), '[]') as secrets,
      (select t."limit" from shared t where t.endpoint_id = l.endpoint_id) as concurrency
    from (select distinct endpoint_id from selected) l
    cross join lateral (select p.* from endpoints p where p.id = l.endpoint_id and p.deleted_at is null limit 1) p
    cross join lateral (select w.retry_policy from workspaces w where w.id = p.workspace_id limit 1) w
  ),
  sent as (
    select r.delivery_id as id, r.token, r.workspace_id as "workspaceId", r.endpoint_id as "endpointId", r.event_id as "eventId",
      r.type, r.test, r.pending, r.attempts, r.automatic_attempts as "automaticAttempts", r.trigger, e.body, e.traceparent
    from selected r
    cross join lateral (
      select e.body, e.traceparent from events e where e.workspace_id = r.workspace_id and e.id = r.event_id limit 1
    ) e
    where not r.requested or r.delivery_id in (select delivery_id from leased)
  )
  select sent.*, more.more,
    case when row_number() over () = 1 then (
      select json_agg(a.id) from ahead a where not exists (
        select from endpoint_states s join endpoints p on p.id = s.endpoint_id
        where s.endpoint_id = a.id and s.disabled_at is null and not ${backsOff("s")} and p.deleted_at is null
      )
    ) end as closed,
    case when row_number() over () = 1 then (select json_agg(p) from targets p) end as targets,
    case when row_number() over () = 1 then (
      select json_build_object('afterDueAt', l.next_due_at, 'afterId', l.endpoint_id) from locked l
      offset ${endpointsFor(allSlots)} - 1
    ) end as last
  from more left join sent on true`);
