import { backupFormat, endOfRows } from "./backup-file.mjs";

/** Of a cursor: some MB at most, if each had the largest payload. */
const rowsAtOnce = 500;

/**
 * The text of a backup, in pieces. All of it is of one moment, while others read and write; the tables are locked against
 * being dropped meanwhile.
 * @param {import("postgres").TransactionSql} tx a transaction that reads repeatably
 * @param {{ version: string }} options `version` of this Posthorn
 * @returns {AsyncGenerator<string, number>} ends with the number of rows
 */
export async function* dumpDatabase(tx, { version }) {
  const tables = await findTables(tx);
  await tx.unsafe(`lock table ${tables.map(({ table }) => table).join(", ")} in access share mode`);
  yield `${JSON.stringify(await makeManifest(tx, version))}\n`;
  let rows = 0;
  for (const { table, columns } of tables) {
    yield `${JSON.stringify({ table, columns })}\n`;
    // Not COPY: at its end the driver leaves the connection paused if the reader was slower than the server.
    const texts = columns.map((column) => `${column}::text`).join(", ");
    const query = tx`select ${tx.unsafe(texts)} from ${tx.unsafe(table)}`;
    for await (const some of query.values().cursor(rowsAtOnce)) {
      rows += some.length;
      yield some.map(asLine).join("");
    }
    yield endOfRows;
  }
  yield `${JSON.stringify({ rows })}\n`;
  return rows;
}

/**
 * @param {import("postgres").TransactionSql} tx
 * @returns {Promise<import("./backup-file.mjs").BackedUpTable[]>} all that hold rows themselves
 */
async function findTables(tx) {
  return tx`
    select format('%I.%I', n.nspname, c.relname) as table,
      array_agg(quote_ident(a.attname) order by a.attnum) as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname in ('public', 'drizzle')
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind = 'r'
    group by n.nspname, c.relname order by n.nspname, c.relname`;
}

/**
 * @param {import("postgres").TransactionSql} tx
 * @param {string} version
 * @returns {Promise<import("./backup-file.mjs").BackupManifest>}
 */
async function makeManifest(tx, version) {
  const [key] = await tx`select split_part(key_check, ':', 1) as id from instance`;
  const migrations = await tx`select created_at::text as "at" from drizzle.__drizzle_migrations order by id`;
  const partitions = await tx`
    select format('%I.%I', n.nspname, c.relname) as name, p.inhparent::regclass::text as parent,
      pg_get_expr(c.relpartbound, c.oid) as bounds, array_to_string(c.reloptions, ', ') as options
    from pg_inherits p
    join pg_class c on c.oid = p.inhrelid and c.relispartition and c.relkind = 'r'
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    order by c.relname`;
  const sequences = await tx`
    select format('%I.%I', schemaname, sequencename) as name, last_value::text as value from pg_sequences
    where schemaname in ('public', 'drizzle') and last_value is not null order by 1`;
  return {
    posthornBackup: backupFormat,
    version,
    takenAt: new Date().toISOString(),
    migrations: migrations.map(({ at }) => at),
    encryptionKeyId: key?.id ?? null,
    partitions: /** @type {import("./backup-file.mjs").Partition[]} */ ([...partitions]),
    sequences: /** @type {{ name: string, value: string }[]} */ ([...sequences]),
  };
}

/** @type {Record<string, string>} */
const escapes = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * A row in the text format of COPY.
 * @param {(string | null)[]} row
 */
function asLine(row) {
  const fields = row.map(
    (text) => text?.replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? "") ?? "\\N",
  );
  return `${fields.join("\t")}\n`;
}
