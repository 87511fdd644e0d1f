import { createWriteStream, existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { dumpDatabase } from "../backup/dump-database.mjs";
import { dataDirFor } from "../embedded-postgres/data-folder.mjs";
import { StartError } from "../embedded-postgres/start-error.mjs";
import { say } from "../launcher/progress.mjs";
import { checkout } from "../launcher/settings.mjs";
import { withDatabase } from "./with-database.mjs";

/**
 * Writes the embedded database into a file, as it is at one moment, while Posthorn runs or is stopped. The file has its
 * name once it is whole.
 * @param {import("../launcher/settings.mjs").LaunchSettings} settings
 * @param {string} name relative to the folder that it is called from; not of a file that exists
 */
export async function backup(settings, name) {
  if (settings.databaseUrl) {
    throw new StartError(
      "DATABASE_URL is set, so the database is your own PostgreSQL. Back it up with pg_dump (docs/operations/backup.md).",
    );
  }
  const file = path.resolve(name);
  if (existsSync(file)) throw new StartError(`${file} already exists. Choose another file name.`);
  const draft = `${file}.partial`;
  /** @type {{ version: string }} */
  const { version } = JSON.parse(readFileSync(path.join(checkout, "package.json"), "utf8"));
  let rows = 0;
  try {
    await withDatabase(settings, (sql) =>
      sql.begin("isolation level repeatable read read only", async (tx) => {
        const pieces = async function* () {
          rows = yield* dumpDatabase(tx, { version });
        };
        const out = createWriteStream(draft, { mode: 0o600, flush: true });
        await pipeline(Readable.from(pieces(), { objectMode: true }), createGzip({ level: 6 }), out);
      }),
    );
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  say(`${rows} rows were written to ${file}.`);
  const secrets = path.join(dataDirFor({ checkout, chosen: settings.dataDir }), "secrets.json");
  say(
    existsSync(secrets)
      ? `Also keep a copy of ${secrets} in another place: it decrypts the signing secrets in the backup.`
      : "Also keep POSTHORN_ENCRYPTION_KEY in another place: it decrypts the signing secrets in the backup.",
  );
}
