import type postgres from "postgres";
import { v7 } from "uuid";

/**
 * Adds an enabled endpoint with its state.
 *
 * @param params.eventTypes `null`, or left out: all types
 * @returns its id, `params.id` if that is given
 */
export async function addTestEndpoint(
  sql: postgres.Sql,
  {
    workspaceId,
    id = v7(),
    eventTypes = null,
  }: { workspaceId: string; id?: string; eventTypes?: string[] | null },
): Promise<string> {
  await sql`insert into endpoints (id, workspace_id, url, name, event_types, signature, headers)
    values (${id}, ${workspaceId}, 'http://127.0.0.1:9/', 'Hook', ${eventTypes}, 'hmac', '{}')`;
  await sql`insert into endpoint_states (endpoint_id, workspace_id) values (${id}, ${workspaceId})`;
  return id;
}
