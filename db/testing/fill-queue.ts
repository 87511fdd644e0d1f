import { randomUUID } from "node:crypto";
import type postgres from "postgres";

/** SQL of a UUIDv7 of about now; ids grow with the number (RFC 9562, section 5.7). */
const idOf = (number: string) =>
  `(lpad(to_hex((extract(epoch from now()) * 1000)::bigint + ${number} / 1000), 12, '0') || '7'
    || lpad(to_hex(${number} % 1000), 3, '0') || '8' || substr(md5(random()::text), 1, 15))::uuid`;

/** Deliveries that share an event, and so its body. */
const deliveriesPerEvent = 100;

/**
 * Fills an empty, migrated database with endpoints of one workspace and what is due for them: an equal share for each
 * but the first, the dead one, which has so many, older than all others. Rows of `deliveries` are left out: a claim
 * reads none.
 *
 * @param params.pending deliveries due, those of the dead endpoint included
 * @param params.bodyBytes of each event
 */
export async function fillQueue(
  sql: postgres.Sql,
  params: { endpoints: number; pending: number; dead: number; bodyBytes: number },
): Promise<{ deadEndpointId: string }> {
  const { endpoints, pending, dead, bodyBytes } = params;
  const workspaceId = randomUUID();
  await sql`insert into workspaces (id, slug, name) values (${workspaceId}, ${`filled-${workspaceId}`}, 'Filled')`;
  const [first] = await sql<{ id: string }[]>`
    with made as (
      insert into endpoints (id, workspace_id, url, name, signature, headers)
      select ${sql.unsafe(idOf("n"))}, ${workspaceId}, 'http://127.0.0.1:9/', 'Webhook ' || n, 'hmac', '{}'
      from generate_series(1, ${endpoints}::int) n
      returning id
    ), secrets as (
      insert into endpoint_secrets (id, endpoint_id, kind, ciphertext) select gen_random_uuid(), id, 'hmac', 'unread' from made
    ), states as (
      insert into endpoint_states (endpoint_id, workspace_id, next_due_at)
      select id, ${workspaceId}, now() - interval '1 hour' from made
    )
    select min(id::text) as id from made`;
  await sql`insert into events (id, workspace_id, type, test, body, body_bytes, deliveries)
    select ${sql.unsafe(idOf("n"))}, ${workspaceId}, 'filled', false, repeat('x', ${bodyBytes}::int), ${bodyBytes}::int,
      ${deliveriesPerEvent}::int
    from generate_series(1, ${Math.ceil(pending / deliveriesPerEvent)}::int) n`;
  await sql`
    insert into delivery_queue (workspace_id, delivery_id, endpoint_id, event_id, generation, pending, due_at, attempts,
      automatic_attempts, type, body_bytes)
    select ${workspaceId}, ${sql.unsafe(idOf("n"))}, p.id, e.id, 0, true,
      now() - interval '1 hour' + make_interval(secs => n::float8 / ${pending}::int), 0, 0, 'filled', ${bodyBytes}::int
    from generate_series(0, ${pending - 1}::int) n
    join (select id, row_number() over (order by id) - 1 as place from endpoints where workspace_id = ${workspaceId}) p
      on p.place = case when n < ${dead}::int then 0 else 1 + n % ${endpoints - 1}::int end
    join (select id, row_number() over (order by id) - 1 as place from events where workspace_id = ${workspaceId}) e
      on e.place = n / ${deliveriesPerEvent}::int`;
  await sql`vacuum analyze endpoints, endpoint_secrets, endpoint_states, events, delivery_queue`;
  return { deadEndpointId: first?.id ?? "" };
}
