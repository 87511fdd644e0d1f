import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sealedColumns } from "../../lib/platform/sealed-columns.mjs";
import { keyIdIn, keyIdOf, seal, unseal } from "../../lib/platform/sealing.mjs";
import { keysIn, keysOf } from "../backup/secrets.mjs";
import { dataDirFor } from "../embedded-postgres/data-folder.mjs";
import { StartError } from "../embedded-postgres/start-error.mjs";
import { say } from "../launcher/progress.mjs";
import { checkout } from "../launcher/settings.mjs";
import { recordAudit } from "./record-audit.mjs";
import { withDatabase } from "./with-database.mjs";

/** @typedef {import("../../lib/platform/sealed-columns.mjs").SealedColumn} SealedColumn */
/** @typedef {{ current: Buffer, all: readonly Buffer[] }} Keys */

const rowsPerBatch = 200;
/** Any number: two rotations at once would both make a key. */
const rotationLock = 7_140_625_413;

/**
 * Encrypts everything that is encrypted at rest with a new key, while Posthorn runs or is stopped. It may be stopped, too,
 * and goes on when it is called again. A key in `secrets.json` is replaced by one that it makes; running processes take
 * that from the file. One in POSTHORN_ENCRYPTION_KEY is replaced by whoever set it.
 * @param {import("../launcher/settings.mjs").LaunchSettings} settings
 */
export async function rotateKey(settings) {
  const fromEnvironment = keysOf(process.env.POSTHORN_ENCRYPTION_KEY);
  if (settings.databaseUrl || fromEnvironment.length > 0) requireTwo(fromEnvironment);
  await withDatabase(settings, async (sql) => {
    const [lock] = await sql`select pg_try_advisory_lock(${rotationLock}) as held`;
    if (!lock?.held) throw new StartError("Another process is already rotating the key.");
    const file = fromEnvironment.length > 0 ? null : new SecretsFile(settings.dataDir);
    const keys = file ? file.beginRotation() : fromEnvironment;
    const [current] = keys;
    if (!current) throw new StartError("There is no encryption key.");
    await reencrypt(sql, { current, all: keys });
    await waitForOthers(sql);
    const unreadable = await reencrypt(sql, { current, all: keys });
    // Its batches are committed one by one: what is recorded is that all are.
    await sql.begin((tx) =>
      recordAudit(tx, "rotate-key", "instance.rotate_key", {
        targetId: null,
        targetName: null,
        details: { keyId: keyIdOf(current), unreadable },
      }),
    );
    if (unreadable > 0) {
      say(`${unreadable} secrets could not be decrypted with any of these keys and were left unchanged.`);
    }
    if (file) file.endRotation();
    say(
      file
        ? "Done. The old key is no longer used, and has been removed from secrets.json."
        : "Done. Remove the old key from POSTHORN_ENCRYPTION_KEY and restart Posthorn.",
    );
  });
}

/** @param {readonly Buffer[]} keys */
function requireTwo(keys) {
  if (keys.length >= 2) return;
  throw new StartError(
    "Set POSTHORN_ENCRYPTION_KEY to `new,old` (new: openssl rand -base64 32), restart all processes of Posthorn with it, and run this command again with the same setting.",
  );
}

/** The `secrets.json` of a data folder. */
class SecretsFile {
  /** @param {string | undefined} dataDir as it was given */
  constructor(dataDir) {
    this.name = path.join(dataDirFor({ checkout, chosen: dataDir }), "secrets.json");
    if (!existsSync(this.name)) throw new StartError(`There is no ${this.name}.`);
  }

  /**
   * Puts a new key in front, unless one was put there by a rotation that was stopped.
   * @returns {readonly Buffer[]} the new key, and those from before
   */
  beginRotation() {
    const text = readFileSync(this.name, "utf8");
    const keys = keysIn(text, this.name);
    if (keys.length > 1) {
      say("Continuing the interrupted rotation.");
      return keys;
    }
    const [old] = keys;
    if (old?.length !== 32) throw new StartError(`${this.name} is damaged.`);
    const copy = path.join(path.dirname(this.name), `secrets-${keyIdOf(old)}.json`);
    copyFileSync(this.name, copy);
    say(
      `Existing backups need the old key, which is now in ${copy}. Move that file to where you keep those backups.`,
    );
    const current = randomBytes(32);
    this.write({ encryptionKey: current.toString("base64"), formerKeys: [old.toString("base64")] });
    return [current, old];
  }

  endRotation() {
    this.write({ formerKeys: undefined });
  }

  /**
   * The file is whole before it has its name: whoever reads it meanwhile reads the one from before.
   * @param {{ encryptionKey?: string, formerKeys?: string[] | undefined }} change
   */
  write(change) {
    const draft = `${this.name}.${process.pid}`;
    const next = { ...JSON.parse(readFileSync(this.name, "utf8")), ...change };
    writeFileSync(draft, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600, flush: true });
    renameSync(draft, this.name);
  }
}

/**
 * Encrypts what an older key encrypted. Each batch is committed for itself.
 * @param {import("postgres").Sql} sql
 * @param {Keys} keys
 * @returns how many could not be opened
 */
async function reencrypt(sql, keys) {
  let unreadable = 0;
  for (const column of sealedColumns) {
    const found = await reencryptColumn(sql, column, keys);
    unreadable += found.unreadable;
    if (found.done > 0) say(`${column.table}.${column.column}: ${found.done} re-encrypted.`);
  }
  return unreadable;
}

/**
 * @param {import("postgres").Sql} sql
 * @param {SealedColumn} column
 * @param {Keys} keys
 */
async function reencryptColumn(sql, column, keys) {
  const { table, id, owner, isMap = false } = column;
  const name = sql(column.column);
  const mark = `${keyIdOf(keys.current)}:%`;
  const isOlder = isMap
    ? sql`exists (select from jsonb_each_text(${name}) one where one.value not like ${mark})`
    : sql`${name} not like ${mark}`;
  let [done, unreadable] = [0, 0];
  let last = "";
  for (;;) {
    const rows = await sql`
      select ${sql(id)}::text as id, ${sql(owner)}::text as owner, ${name}::text as sealed from ${sql(table)}
      where ${name} is not null and ${isOlder} and ${sql(id)}::text > ${last}
      order by ${sql(id)}::text limit ${rowsPerBatch}`;
    if (rows.length === 0) return { done, unreadable };
    await sql.begin(async (tx) => {
      for (const row of rows) {
        last = row.id;
        const sealed = sealAnew(row, column, keys);
        if (sealed === null) unreadable += 1;
        // Not what somebody has changed meanwhile: that is encrypted with the new key.
        else {
          const written = await tx`
            update ${tx(table)} set ${name} = ${sealed}::text${isMap ? tx`::jsonb` : tx``}
            where ${tx(id)}::text = ${row.id} and ${name}::text = ${row.sealed}`;
          done += written.count;
        }
      }
    });
    if (rows.length === rowsPerBatch) say(`${table}: ${done} so far…`);
  }
}

/**
 * @param {import("postgres").Row} row
 * @param {SealedColumn} column
 * @param {Keys} keys
 * @returns {string | null} `null` if it cannot be opened
 */
function sealAnew(row, { context, isMap = false }, { current, all }) {
  /** @param {string} text */
  const one = (text) => seal(current, unseal(all, text, context(row.owner)), context(row.owner));
  try {
    if (!isMap) return one(row.sealed);
    /** @type {Record<string, string>} */
    const values = JSON.parse(row.sealed);
    const isCurrent = (/** @type {string} */ text) => keyIdIn(text) === keyIdOf(current);
    return JSON.stringify(
      Object.fromEntries(
        Object.entries(values).map(([name, text]) => [name, isCurrent(text) ? text : one(text)]),
      ),
    );
  } catch {
    return null;
  }
}

/**
 * Until every transaction has ended that may hold what the old key encrypted.
 * @param {import("postgres").Sql} sql
 */
async function waitForOthers(sql) {
  const [{ now } = { now: "" }] = await sql`select clock_timestamp()::text as now`;
  for (;;) {
    const [open] = await sql`
      select count(*)::int as count from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
        and xact_start < ${now}::timestamptz`;
    if (open?.count === 0) return;
    await sleep(200);
  }
}
