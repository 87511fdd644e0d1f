import type postgres from "postgres";
import { namedStatement } from "./named-statement";

export type LastConnection = {
  endpointId: string;
  url: string;
  connection: Buffer | null;
  durationMs: number;
};

/** For each webhook, the URL and connection data of its last ended delivery. */
export async function findLastConnections(sql: postgres.Sql, ids: string[]): Promise<LastConnection[]> {
  return ids.length === 0 ? [] : find(sql, { ids });
}

/** Prepared, because planning for all weekly partitions takes longer than the query. */
const find = namedStatement<LastConnection>(`
  select p.id as "endpointId", attempt.url, attempt.connection, attempt.duration_ms as "durationMs"
  from unnest(:ids::uuid[]) p(id)
  cross join lateral (select d.id from deliveries d where d.endpoint_id = p.id order by d.id desc limit 1) last
  cross join lateral (
    select a.url, a.connection, a.duration_ms from attempts a
    where a.delivery_id = last.id and a.id >= last.id order by a.id desc limit 1
  ) attempt`);
