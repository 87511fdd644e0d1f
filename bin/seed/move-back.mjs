import { fiveMinutesOfId, hourOfId, minuteOfId, msOfId } from "../../db/fragments/time-of-id.mjs";

/** @typedef {import("postgres").Sql} Sql */

/** SQL of the UUIDv7 that is so many milliseconds older: its first 48 bits are its time (RFC 9562). */
const older = (/** @type {string} */ id, /** @type {string} */ ms) =>
  `(lpad(to_hex(${msOfId(id)} - ${ms}), 12, '0')
    || substr(replace(${id}::text, '-', ''), 13))::uuid`;

const publicId = (/** @type {string} */ id) => `'evt_' || replace(${id}::text, '-', '')`;

/** Events whose deliveries have all ended: nothing of the queue, and no process, has them in hand. */
const choose = `
  create temporary table moved on commit drop as
  select e.workspace_id, e.id, c.ms, ${older("e.id", "c.ms")} as became
  from unnest($1::uuid[], $2::bigint[]) c (id, ms)
  join events e on e.id = c.id and not e.test
  where not exists (select from delivery_queue q where q.event_id = e.id)`;

/** Moves the ledger's counts from the old hour to the new one. */
const ledger = `
  insert into ledger_deltas (workspace_id, hour, accepted, succeeded, failed, discarded)
  select m.workspace_id, t.hour, t.sign * count(*), t.sign * count(*) filter (where d.status = 'succeeded'),
    t.sign * count(*) filter (where d.status = 'failed'), t.sign * count(*) filter (where d.status = 'discarded')
  from moved m join deliveries d on d.workspace_id = m.workspace_id and d.event_id = m.id
  cross join lateral (values (${hourOfId("m.id")}, -1), (${hourOfId("m.became")}, 1)) t (hour, sign)
  group by m.workspace_id, t.hour, t.sign`;

/** The same for the events that were published, which the ledger counts apart from their deliveries. */
const published = `
  insert into ledger_deltas (workspace_id, hour, accepted, succeeded, failed, discarded, events)
  select m.workspace_id, t.hour, 0, 0, 0, 0, sum(t.sign)
  from moved m
  cross join lateral (values (${hourOfId("m.id")}, -1), (${hourOfId("m.became")}, 1)) t (hour, sign)
  group by m.workspace_id, t.hour`;

/** The counts that histograms and charts are drawn from. */
const outcomes = `
  insert into delivery_deltas (workspace_id, endpoint_id, minute, succeeded, failed, discarded)
  select m.workspace_id, d.endpoint_id, t.minute, t.sign * count(*) filter (where d.status = 'succeeded'),
    t.sign * count(*) filter (where d.status = 'failed'), t.sign * count(*) filter (where d.status = 'discarded')
  from moved m join deliveries d on d.workspace_id = m.workspace_id and d.event_id = m.id
  cross join lateral (values (d.id, -1), (${older("d.id", "m.ms")}, 1)) i (id, sign)
  cross join lateral (values (${minuteOfId("i.id")}, i.sign)) t (minute, sign)
  where not d.test
  group by m.workspace_id, d.endpoint_id, t.minute, t.sign`;

/** When the failures of a kind happened. */
const groups = `
  insert into failure_group_deltas (workspace_id, group_id, type, bucket, n)
  select m.workspace_id, d.failure_group_id, d.type, t.bucket, sum(t.sign)
  from moved m join deliveries d on d.workspace_id = m.workspace_id and d.event_id = m.id
  cross join lateral (values (d.id, -1), (${older("d.id", "m.ms")}, 1)) i (id, sign)
  cross join lateral (values (${fiveMinutesOfId("i.id")}, i.sign)) t (bucket, sign)
  where d.failure_group_id is not null
  group by m.workspace_id, d.failure_group_id, d.type, t.bucket`;

const firstSeen = `
  update failure_groups g set first_seen_at = least(g.first_seen_at, s.at), sample_delivery_id = s.sample
  from (
    select d.failure_group_id as id, min(d.completed_at) as at, (array_agg(d.id order by d.id desc))[1] as sample
    from moved m join deliveries d on d.workspace_id = m.workspace_id and d.event_id = m.became
    where d.failure_group_id is not null group by 1
  ) s where g.id = s.id`;

const attempts = `
  update attempts a set id = ${older("a.id", "m.ms")}, delivery_id = ${older("a.delivery_id", "m.ms")},
    started_at = a.started_at - make_interval(secs => m.ms / 1000.0)
  from moved m join deliveries d on d.workspace_id = m.workspace_id and d.event_id = m.id
  where a.delivery_id = d.id`;

const deliveries = `
  update deliveries d set id = ${older("d.id", "m.ms")}, event_id = m.became,
    completed_at = d.completed_at - make_interval(secs => m.ms / 1000.0)
  from moved m where d.workspace_id = m.workspace_id and d.event_id = m.id`;

const events = `
  update events e set id = m.became, timestamp = coalesce(e.timestamp, to_timestamp(${msOfId("e.id")} / 1000.0)),
    body = replace(e.body, ${publicId("m.id")}, ${publicId("m.became")})
  from moved m where e.workspace_id = m.workspace_id and e.id = m.id`;

/** The figures of the hour that all this was sent in are those of the hour that it is moved to. */
const hours = `
  update endpoint_hours set hour = hour - make_interval(hours => $2),
    last_attempt_at = last_attempt_at - make_interval(hours => $2),
    last_success_at = last_success_at - make_interval(hours => $2)
  where endpoint_id = any($1::uuid[]) and hour >= date_trunc('hour', $3::timestamptz, 'UTC')`;

/** A webhook is not younger than what it was sent. */
const webhooks = `
  update endpoints set created_at = least(created_at, $3::timestamptz - make_interval(hours => $2 + 1))
  where id = any($1::uuid[])`;

/**
 * Moves events back in time, with their deliveries and attempts, in one transaction: ids, moments, the id within the
 * body, the ledger, the counts by minute and hour, and the failure groups. Events that something of is still to be sent
 * stay where they are. The signatures of moved attempts stay those that were sent, and are of the ids they then had.
 *
 * @param {Sql} sql
 * @param {object} batch
 * @param {{ id: string, ms: number }[]} batch.events UUIDs, and by how much each moves
 * @param {string[]} batch.endpointIds UUIDs of the webhooks that got them, and nothing else since `since`
 * @param {number} batch.hoursBack how many hours of the clock all of them move
 * @param {Date} batch.since when the first was published
 * @returns {Promise<number>} how many were moved
 */
export function moveBack(sql, { events: chosen, endpointIds, hoursBack, since }) {
  return sql.begin(async (tx) => {
    const moved = await tx.unsafe(choose, [chosen.map(({ id }) => id), chosen.map(({ ms }) => ms)]);
    const statements = [ledger, published, outcomes, groups, attempts, deliveries, events, firstSeen];
    for (const statement of statements) await tx.unsafe(statement);
    for (const statement of [hours, webhooks]) {
      await tx.unsafe(statement, [endpointIds, hoursBack, since.toISOString()]);
    }
    return moved.count;
  });
}
