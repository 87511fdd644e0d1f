import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { StartError } from "../../../bin/embedded-postgres/start-error.mjs";
import { checkout } from "../../../bin/launcher/settings.mjs";
import { clientOptions } from "./bench-database.mjs";

/**
 * What a folder says of the log in its database.
 * @typedef {object} KeptLog
 * @property {number} deliveries
 * @property {number} postgres its major version
 * @property {number} migrations of the tree that filled it
 * @property {string} filledAt ISO 8601
 * @property {string} apiKey of the log's workspace
 * @property {import("./log-requests.mjs").AskedLog} log
 */

/** @param {string} dir */
const markOf = (dir) => path.join(dir, "filled-log.json");

/**
 * Reads what a folder holds; null if it holds nothing. Throws StartError if this run cannot use it.
 * @param {string} dir
 * @param {number} major of the PostgreSQL that is to open it
 * @returns {KeptLog | null}
 */
export function readKeptLog(dir, major) {
  if (!existsSync(markOf(dir))) {
    if (!existsSync(path.join(dir, "postgres"))) return null;
    throw new StartError(`The log in ${dir} was not filled to its end. Remove the folder to fill it again.`);
  }
  const kept = /** @type {KeptLog} */ (JSON.parse(readFileSync(markOf(dir), "utf8")));
  if (kept.postgres !== major)
    throw new StartError(
      `The log in ${dir} is in PostgreSQL ${kept.postgres}, not ${major}; see --postgres.`,
    );
  if (kept.migrations > countMigrations())
    throw new StartError(`The log in ${dir} was filled by a newer version of Posthorn.`);
  return kept;
}

/**
 * @param {string} dir
 * @param {Omit<KeptLog, "migrations" | "filledAt">} kept
 */
export function writeKeptLog(dir, kept) {
  const mark = { ...kept, migrations: countMigrations(), filledAt: new Date().toISOString() };
  writeFileSync(markOf(dir), `${JSON.stringify(mark, null, 2)}\n`, { mode: 0o600 });
}

/**
 * Keeps what waits in a filled log from being due during a run, however long ago it was filled.
 * @param {string} databaseUrl
 */
export async function postponePending(databaseUrl) {
  const sql = postgres(...clientOptions(databaseUrl));
  try {
    await sql`update delivery_queue set due_at = now() + interval '6 hours' + make_interval(hours => attempts)
      where attempts > 0 and pending`;
    await sql`update endpoint_states set next_due_at = now() + interval '6 hours', claimed_at = clock_timestamp(),
      next_probe_at = case when next_probe_at is not null then now() + interval '6 hours' end`;
  } finally {
    await sql.end();
  }
}

function countMigrations() {
  const journal = readFileSync(path.join(checkout, "db/migrations/meta/_journal.json"), "utf8");
  return /** @type {{ entries: unknown[] }} */ (JSON.parse(journal)).entries.length;
}
