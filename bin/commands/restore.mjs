import { createReadStream, existsSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { createGunzip } from "node:zlib";
import { parseManifest } from "../backup/backup-file.mjs";
import { loadDatabase } from "../backup/load-database.mjs";
import { BackupReader } from "../backup/read-lines.mjs";
import { findSecrets } from "../backup/secrets.mjs";
import { dataDirFor, openDataFolder } from "../embedded-postgres/data-folder.mjs";
import { startEmbeddedPostgres } from "../embedded-postgres/embedded-postgres.mjs";
import { lockFolder } from "../embedded-postgres/folder-lock.mjs";
import { StartError } from "../embedded-postgres/start-error.mjs";
import { say } from "../launcher/progress.mjs";
import { checkout } from "../launcher/settings.mjs";
import { recordAudit } from "./record-audit.mjs";
import { connect } from "./with-database.mjs";

/**
 * Makes a data folder's database from a backup. It is filled beside its place and moved there when it is whole: what
 * fails half way leaves nothing.
 * @param {import("../launcher/settings.mjs").LaunchSettings} settings
 * @param {{ name: string, secrets: string | undefined }} files the backup, and the `secrets.json` that belongs to it
 */
export async function restore(settings, { name, secrets }) {
  if (settings.databaseUrl) {
    throw new StartError(
      "DATABASE_URL is set, so the database is your own PostgreSQL. Restore it with pg_restore (docs/operations/backup.md).",
    );
  }
  const file = path.resolve(name);
  if (!existsSync(file)) throw new StartError(`There is no file ${file}.`);
  const dataDir = dataDirFor({ checkout, chosen: settings.dataDir });
  if (existsSync(path.join(dataDir, "postgres"))) {
    throw new StartError(
      `${dataDir} already contains a database. Move the folder away, or set POSTHORN_DATA_DIR to a new one.`,
    );
  }
  const folder = openDataFolder(dataDir);
  const lock = await lockFolder(folder.runDir, { pid: process.pid });
  if (!("release" in lock)) throw new StartError(`Another Posthorn uses ${dataDir}. Stop it first.`);
  try {
    const rows = await fill(folder, file, secrets);
    say(`${rows} rows were restored into ${folder.dataDir}. Start Posthorn with that POSTHORN_DATA_DIR.`);
  } finally {
    await lock.release();
  }
}

/**
 * @param {import("../embedded-postgres/data-folder.mjs").DataFolder} folder
 * @param {string} file
 * @param {string | undefined} secrets
 * @returns {Promise<number>} rows
 */
async function fill(folder, file, secrets) {
  const source = createReadStream(file);
  const text = createGunzip();
  source.on("error", (error) => text.destroy(error)).pipe(text);
  const reader = new BackupReader(text);
  const besides = path.join(folder.dataDir, "restoring");
  try {
    const manifest = parseManifest(await readable(file, reader.line()), file);
    const found = findSecrets({ dataDir: folder.dataDir, given: secrets, keyId: manifest.encryptionKeyId });
    rmSync(besides, { recursive: true, force: true });
    const partial = openDataFolder(besides);
    const server = await startEmbeddedPostgres(partial);
    let rows = 0;
    try {
      await connect(server.url, (sql) =>
        sql.begin(async (tx) => {
          rows = await readable(file, loadDatabase(tx, manifest, reader));
          const { takenAt, version } = manifest;
          await recordAudit(tx, "restore", "instance.restore", {
            targetId: null,
            targetName: path.basename(file),
            details: { takenAt, version, rows },
          });
        }),
      );
      await connect(server.url, async (sql) => void (await sql`vacuum (analyze)`));
    } finally {
      await server.stop();
    }
    found.place();
    renameSync(path.join(besides, "postgres.password"), path.join(folder.dataDir, "postgres.password"));
    renameSync(partial.clusterDir, folder.clusterDir);
    return rows;
  } finally {
    source.destroy();
    rmSync(besides, { recursive: true, force: true });
  }
}

/**
 * @template T
 * @param {string} file
 * @param {Promise<T>} reading
 * @returns {Promise<T>}
 */
async function readable(file, reading) {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof StartError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(`${file} could not be restored: ${why}. Nothing was changed.`, { cause: error });
  }
}
