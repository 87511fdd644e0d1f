import { readFileSync } from "node:fs";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { StartError } from "../embedded-postgres/start-error.mjs";
import { checkout } from "../launcher/settings.mjs";

const migrationsFolder = path.join(checkout, "db", "migrations");

/**
 * Fills an empty database with a backup: the schema as it was then, its partitions, and all rows. What is newer in the
 * schema is made when Posthorn starts.
 * @param {import("postgres").TransactionSql} tx of a superuser
 * @param {import("./backup-file.mjs").BackupManifest} manifest
 * @param {import("./read-lines.mjs").BackupReader} reader behind the manifest
 * @returns {Promise<number>} the number of rows
 * @throws StartError if the backup has a migration that this version lacks; Error if it is not whole
 */
export async function loadDatabase(tx, manifest, reader) {
  await makeSchema(tx, manifest);
  // Rows come table by table: what they refer to may come later.
  await tx`set local session_replication_role = replica`;
  let rows = 0;
  for (;;) {
    const line = await reader.line();
    /** @type {Partial<import("./backup-file.mjs").BackedUpTable & import("./backup-file.mjs").BackupEnd>} */
    const next = line ? JSON.parse(line) : {};
    if (next.rows !== undefined) {
      if (next.rows !== rows) throw new Error(`it holds ${rows} rows and should hold ${next.rows}`);
      break;
    }
    if (!next.table || !next.columns) throw new Error("it ends too early");
    rows += await copyRows(tx, `${next.table} (${next.columns.join(", ")})`, reader);
  }
  for (const { name, value } of manifest.sequences)
    await tx`select setval(${name}::regclass, ${value}::bigint)`;
  return rows;
}

/**
 * @param {import("postgres").TransactionSql} tx
 * @param {string} target
 * @param {import("./read-lines.mjs").BackupReader} reader
 */
async function copyRows(tx, target, reader) {
  let rows = 0;
  const count = new Transform({
    transform(chunk, _encoding, done) {
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) rows += 1;
      done(null, chunk);
    },
  });
  await pipeline(
    Readable.from(reader.rows()),
    count,
    await tx.unsafe(`copy ${target} from stdin`).writable(),
  );
  return rows;
}

/**
 * @param {import("postgres").TransactionSql} tx
 * @param {import("./backup-file.mjs").BackupManifest} manifest
 */
async function makeSchema(tx, { migrations, partitions, version }) {
  /** @type {{ entries: { tag: string, when: number }[] }} */
  const journal = JSON.parse(readFileSync(path.join(migrationsFolder, "meta", "_journal.json"), "utf8"));
  const known = new Map(journal.entries.map(({ tag, when }) => [`${when}`, tag]));
  for (const when of migrations) {
    const tag = known.get(when);
    if (!tag) {
      throw new StartError(
        `The backup was written by Posthorn ${version}, whose database has tables that this version does not know. Restore it with that version.`,
      );
    }
    const text = readFileSync(path.join(migrationsFolder, `${tag}.sql`), "utf8");
    for (const statement of text.split("--> statement-breakpoint")) await tx.unsafe(statement);
  }
  // As Drizzle makes it, which notes there what it has applied.
  await tx.unsafe(`create schema if not exists drizzle;
    create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`);
  for (const { name, parent, bounds, options } of partitions) {
    await tx.unsafe(
      `create table if not exists ${name} partition of ${parent} ${bounds}${options ? ` with (${options})` : ""}`,
    );
  }
  // What migrations wrote themselves is among the rows.
  const tables = await tx`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'drizzle')`;
  await tx.unsafe(`truncate ${tables.map(({ name }) => name).join(", ")}`);
}
