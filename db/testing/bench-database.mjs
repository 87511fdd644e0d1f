import postgres from "postgres";

/**
 * What a benchmark does in the database itself, because the API has no such call, or would be slowed down by it.
 * @typedef {object} BenchDatabase
 * @property {(limit: number) => Promise<void>} setEndpointLimit of every workspace
 * @property {() => Promise<boolean>} isDrained whether no delivery waits for an attempt, or for its record
 * @property {() => Promise<number>} countSucceeded
 * @property {() => Promise<void>} close
 */

/**
 * Opens one connection.
 * @param {string} url `?host=/folder` names a Unix socket's folder, as libpq has it
 * @returns {BenchDatabase}
 */
export function openBenchDatabase(url) {
  const address = new URL(url);
  const socketFolder = address.searchParams.get("host");
  address.searchParams.delete("host");
  const sql = postgres(address.href, {
    ...(socketFolder ? { host: socketFolder, port: Number(address.port || 5432) } : {}),
    max: 1,
    onnotice: () => {},
  });
  return {
    setEndpointLimit: async (limit) => {
      await sql`update workspaces set endpoint_limit = ${limit}`;
    },
    isDrained: async () => {
      const [row] = await sql`select exists (select from delivery_queue) as waiting`;
      return row?.waiting === false;
    },
    countSucceeded: async () => {
      const [row] = await sql`select count(*)::int as n from deliveries where status = 'succeeded'`;
      return row?.n;
    },
    close: () => sql.end(),
  };
}
