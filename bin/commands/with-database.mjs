import { existsSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { dataDirFor, openDataFolder } from "../embedded-postgres/data-folder.mjs";
import { startEmbeddedPostgres, urlOfRunning } from "../embedded-postgres/embedded-postgres.mjs";
import { lockFolder } from "../embedded-postgres/folder-lock.mjs";
import { StartError } from "../embedded-postgres/start-error.mjs";
import { checkout } from "../launcher/settings.mjs";

/**
 * Does something with the database that these settings name. The embedded one is used as it runs, or else started
 * meanwhile.
 * @param {import("../launcher/settings.mjs").LaunchSettings} settings
 * @param {(sql: postgres.Sql) => Promise<unknown>} work
 */
export async function withDatabase({ databaseUrl, dataDir: chosen }, work) {
  if (databaseUrl) return connect(databaseUrl, work);
  const dataDir = dataDirFor({ checkout, chosen });
  if (!existsSync(path.join(dataDir, "postgres"))) {
    throw new StartError(
      `There is no database in ${dataDir}. Set POSTHORN_DATA_DIR or DATABASE_URL to the values that Posthorn is started with.`,
    );
  }
  const folder = openDataFolder(dataDir);
  const lock = await lockFolder(folder.runDir, { pid: process.pid });
  if (!("release" in lock)) return connect(urlOfRunning(folder), work);
  try {
    const server = await startEmbeddedPostgres(folder);
    try {
      await connect(server.url, work);
    } finally {
      await server.stop();
    }
  } finally {
    await lock.release();
  }
}

/**
 * Does something with the database of a URL.
 * @param {string} url `?host=/folder` names a socket's folder, as libpq has it
 * @param {(sql: postgres.Sql) => Promise<unknown>} work
 */
export async function connect(url, work) {
  const address = new URL(url);
  const host = address.searchParams.get("host");
  const sslmode = address.searchParams.get("sslmode");
  // What else other tools put there, the driver would hand on to the server as a setting.
  address.search = sslmode ? `?sslmode=${sslmode}` : "";
  const sql = postgres(address.href, {
    ...(host ? { host, port: Number(address.port || 5432) } : {}),
    max: 1,
    connect_timeout: 10,
    onnotice: () => {},
  });
  try {
    await work(sql);
  } catch (error) {
    if (error instanceof StartError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The database could not be used: ${reason}`, { cause: error });
  } finally {
    await sql.end({ timeout: 5 });
  }
}
