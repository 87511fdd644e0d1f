import { StartError } from "../embedded-postgres/start-error.mjs";

/**
 * A backup is gzip of text: the manifest as a line of JSON; for each table a line of JSON (`BackedUpTable`), its rows in
 * the text format of `COPY` and the line `\.`, which no row is; and at the end a line of JSON with the number of rows.
 */
export const backupFormat = 1;

/** The line after a table's rows. */
export const endOfRows = "\\.\n";

/**
 * What a backup begins with.
 * @typedef {object} BackupManifest
 * @property {number} posthornBackup the format
 * @property {string} version of the Posthorn that wrote it
 * @property {string} takenAt
 * @property {string[]} migrations when each migration that the database had was made, in milliseconds
 * @property {string | null} encryptionKeyId of the key that opens its secrets
 * @property {Partition[]} partitions
 * @property {{ name: string, value: string }[]} sequences the last value that each gave
 */

/** @typedef {{ name: string, parent: string, bounds: string, options: string | null }} Partition */

/** @typedef {{ table: string, columns: string[] }} BackedUpTable both quoted for SQL */

/** @typedef {{ rows: number }} BackupEnd */

/**
 * @param {string} line
 * @param {string} file
 * @returns {BackupManifest}
 */
export function parseManifest(line, file) {
  const manifest = /** @type {Partial<BackupManifest> | null} */ (parseJson(line));
  if (typeof manifest?.posthornBackup !== "number")
    throw new StartError(`${file} is not a backup of Posthorn.`);
  if (manifest.posthornBackup > backupFormat) {
    throw new StartError(
      `${file} was written by a newer Posthorn (${manifest.version}): restore it with that version.`,
    );
  }
  return /** @type {BackupManifest} */ (manifest);
}

/** @param {string} text */
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
