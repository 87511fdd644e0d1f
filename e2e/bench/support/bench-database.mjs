import { createHash, randomBytes } from "node:crypto";
import postgres from "postgres";

/**
 * What a benchmark does in the database itself, because the API has no such call, or would be slowed down by it.
 * @typedef {object} BenchDatabase
 * @property {(limit: number) => Promise<void>} setEndpointLimit of every workspace
 * @property {(scopes: string[]) => Promise<{ id: string, apiKey: string }>} addWorkspace beside the one which is there;
 *   `scopes` of its key
 * @property {(refuses: boolean) => Promise<void>} refuseInvalidData in every workspace
 * @property {() => Promise<void>} makeHeldDue enables every endpoint, so that all it holds is due as it stands: the
 *   product's own way out of holding is a replay, which has a pace
 * @property {() => Promise<boolean>} isDrained whether no delivery waits for an attempt, or for its record
 * @property {() => Promise<boolean>} hasLeases whether an attempt is under way, or waits for its record
 * @property {() => Promise<number>} countSucceeded
 * @property {(ids: string[]) => Promise<number>} countEvents how many of these are there
 * @property {() => Promise<{ count: number, by: "pg_stat_statements" | "xact_commit" }>} countStatements run so far on
 *   the database, `begin` and `commit` among them; transactions if the server cannot count statements
 * @property {() => Promise<RowUpdates>} countUpdates of all tables so far; each connection tells them once a second
 * @property {() => Promise<number>} countStoredBytes that events, deliveries and attempts take, indexes included
 * @property {() => Promise<void>} close
 */

/** @typedef {{ rows: number, heapOnly: number }} RowUpdates `heapOnly`: without touching an index */

/**
 * Opens one connection.
 * @param {string} url `?host=/folder` names a Unix socket's folder, as libpq has it
 * @returns {BenchDatabase}
 */
export function openBenchDatabase(url) {
  const sql = connect(url);
  return {
    setEndpointLimit: async (limit) => {
      await sql`update workspaces set endpoint_limit = ${limit}`;
    },
    addWorkspace: async (scopes) => {
      const apiKey = `phk_${randomBytes(24).toString("hex")}`;
      const hash = createHash("sha256").update(apiKey).digest("hex");
      const [made] = await sql`with made as (
          insert into workspaces (id, slug, name) values (gen_random_uuid(), ${hash.slice(0, 12)}, 'Beside') returning id
        )
        insert into api_keys (id, workspace_id, name, hash, hint, scopes)
        select gen_random_uuid(), id, 'Bench', ${hash}, 'phk_', ${scopes} from made returning workspace_id as id`;
      return { id: made?.id, apiKey };
    },
    refuseInvalidData: async (refuses) => {
      await sql`update workspaces set refuse_invalid_data = ${refuses}`;
    },
    makeHeldDue: async () => {
      await sql`update endpoint_states set disabled_at = null, disabled_cause = null, next_due_at = now(),
        claimed_at = clock_timestamp() where disabled_at is not null`;
    },
    isDrained: async () => {
      const [row] = await sql`select exists (select from delivery_queue) as waiting`;
      return row?.waiting === false;
    },
    hasLeases: async () => {
      const [row] =
        await sql`select exists (select from delivery_leases) or exists (select from delivery_queue where leased) as leased`;
      return row?.leased === true;
    },
    countSucceeded: async () => {
      const [row] = await sql`select count(*)::int as n from deliveries where status = 'succeeded'`;
      return row?.n;
    },
    countEvents: async (ids) => {
      // A UUID's digits follow the prefix.
      const uuids = [...new Set(ids.map((id) => id.slice(id.indexOf("_") + 1)))];
      const [row] = await sql`select count(*)::int as n from events where id = any(${uuids}::uuid[])`;
      return row?.n;
    },
    countStatements: async () => {
      const [loaded] = await sql`select current_setting('pg_stat_statements.track', true) is not null as yes`;
      const [row] = loaded?.yes
        ? await sql`select sum(s.calls)::int as n from pg_stat_statements s join pg_database d on d.oid = s.dbid
            where d.datname = current_database()`
        : await sql`select xact_commit::int as n from pg_stat_database where datname = current_database()`;
      return { count: row?.n, by: loaded?.yes ? "pg_stat_statements" : "xact_commit" };
    },
    countUpdates: async () => {
      const [row] = await sql`select sum(n_tup_upd)::float8 as rows, sum(n_tup_hot_upd)::float8 as heap_only
        from pg_stat_user_tables`;
      return { rows: row?.rows, heapOnly: row?.heap_only };
    },
    countStoredBytes: async () => {
      const [row] = await sql`select sum(pg_total_relation_size(relid))::float8 as bytes
        from (values ('events'), ('deliveries'), ('attempts')) t(name), pg_partition_tree(name::regclass)`;
      return row?.bytes;
    },
    close: () => sql.end(),
  };
}

/**
 * Makes another database on a server.
 * @param {string} serverUrl of a superuser
 * @param {string} name
 * @returns {Promise<string>} its URL
 */
export async function createBenchDatabase(serverUrl, name) {
  const sql = connect(serverUrl);
  try {
    await sql`create database ${sql(name)}`;
  } finally {
    await sql.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/**
 * Has a server count its statements from its next start on.
 * @param {string} url of a superuser
 * @returns {Promise<boolean>} whether it can, and so has to be started again
 */
export async function prepareStatementCounts(url) {
  const sql = connect(url);
  try {
    const available = await sql`select from pg_available_extensions where name = 'pg_stat_statements'`;
    if (available.length === 0) return false;
    await sql`alter system set shared_preload_libraries = 'pg_stat_statements'`;
    await sql`create extension if not exists pg_stat_statements`;
    return true;
  } finally {
    await sql.end();
  }
}

/** @param {string} url */
function connect(url) {
  return postgres(...clientOptions(url));
}

/**
 * What opens one connection.
 * @param {string} url `?host=/folder` names a Unix socket's folder, as libpq has it
 * @returns {[url: string, options: import("postgres").Options<{}>]}
 */
export function clientOptions(url) {
  const address = new URL(url);
  const socketFolder = address.searchParams.get("host");
  address.searchParams.delete("host");
  const socket = socketFolder ? { host: socketFolder, port: Number(address.port || 5432) } : {};
  return [address.href, { ...socket, max: 1, onnotice: () => {} }];
}
