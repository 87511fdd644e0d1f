import { UnfitServer } from "@/db/connection/check-server";
import { closeDatabase, database } from "@/db/connection/database";
import { waitForDatabase } from "@/db/connection/wait-for-database";
import { migrate } from "@/db/migrate";
import { missingPatches } from "@/db/package-patches.mjs";
import { findOrInsertKeyCheck } from "@/db/queries/instance";
import { findLossySettings } from "@/db/queries/lossy-settings";
import { releaseAllLeases } from "@/db/queries/release-leases";
import { stopDelivering } from "../delivery/worker/deliver-due";
import { stopEmails } from "../notifications/send-emails";
import { causesOf, describeDatabaseError } from "../platform/describe-database-error";
import { decrypt, encrypt } from "../platform/encrypt";
import { SettingsError, settings } from "../platform/env";
import { log } from "../platform/log";
import { parseDatabaseUrl } from "../platform/parse-database-url";
import { sealedContexts } from "../platform/sealed-columns.mjs";
import { stopReplays } from "../replays/run-replays";
import { stopSelfTest } from "../self-test/run-self-test";
import { bootstrap } from "../setup/bootstrap";
import { stopTelemetry } from "../telemetry/start-telemetry";

/** Exit code for what only a person can set right: the launcher does not start the app again (EX_CONFIG). */
const configurationExitCode = 78;
/** Exit code for what passes by itself: the launcher starts the app again (EX_TEMPFAIL). */
const temporaryExitCode = 75;
const stopMsMax = 17_000;

/**
 * What comes before the first request: settings, database, schema, the right key, the first owner. A database that is
 * not there yet is waited for. If something fails, it says so on standard error, and the process ends: with 78
 * if a person must set something right, with 75 if the database went away meanwhile.
 */
export async function start(): Promise<void> {
  try {
    const { databaseUrl, bootstrap: wanted } = settings();
    requirePatches();
    for (const note of parseDatabaseUrl(databaseUrl).notes) say(`DATABASE_URL: ${note}`);
    await waitForDatabase(databaseUrl, say);
    await migrate(databaseUrl).catch(explainMigration);
    await checkKey();
    await takeOverLeases();
    if (wanted) await bootstrap(wanted);
    await warnOfLoss();
  } catch (error) {
    const end = endingOf(error);
    if (!end) throw error;
    for (const line of end.text.split("\n")) say(line);
    process.exit(end.exitCode);
  }
}

function say(line: string): void {
  process.stderr.write(`posthorn: ${line}\n`);
}

/** Without them the loss of a connection goes unnoticed, and its statements never end. */
function requirePatches(): void {
  const missing = missingPatches(process.cwd());
  if (missing.length === 0) return;
  throw new SettingsError(
    `node_modules lacks ${missing.join(", ")}: start with npm run up, or run node bin/patch.mjs once`,
  );
}

/** What to say of an error, and what to end with; `null` for a fault of ours. */
function endingOf(error: unknown): { text: string; exitCode: number } | null {
  if (error instanceof SettingsError) return { text: error.message, exitCode: configurationExitCode };
  if (error instanceof UnfitServer) {
    return { text: `${error.message}; ${error.remedy}`, exitCode: configurationExitCode };
  }
  const trouble = describeDatabaseError(error);
  if (!trouble) return null;
  const what = `${trouble.summary} (${trouble.detail})`;
  return trouble.passes
    ? { text: what, exitCode: temporaryExitCode }
    : { text: `${what}; ${trouble.remedy}`, exitCode: configurationExitCode };
}

/** Any other error of PostgreSQL is given as its own message: "Failed query" and the statement around it say nothing. */
function explainMigration(error: unknown): never {
  if (describeDatabaseError(error)) throw error;
  const why = causesOf(error).at(-1)?.message ?? String(error);
  throw new SettingsError(`the database could not be prepared: ${why}`);
}

/**
 * Ends in order: no more connections, claims, chunks and emails; what is in flight is answered, finished and recorded;
 * then the connections to the database. 17 s at most.
 */
export async function stop(closeServers = async (_withinMs: number) => {}): Promise<void> {
  await stopSelfTest();
  await Promise.all([closeServers(stopMsMax), stopReplays(), stopEmails(), stopDelivering(stopMsMax)]);
  await Promise.all([closeDatabase(), stopTelemetry()]);
  log().info("stopped");
}

/**
 * The embedded database is this process's alone: what is leased in it was being sent by one that was killed, and need
 * not wait for its lease.
 */
async function takeOverLeases(): Promise<void> {
  if (!settings().databaseIsEmbedded) return;
  const released = await releaseAllLeases(database().sql);
  if (released > 0)
    log().info(
      { deliveries: released },
      "deliveries that were being sent when Posthorn was killed are sent again",
    );
}

/** A commit waits for the disk whatever the server's `synchronous_commit` (see the pools); these are the server's alone. */
async function warnOfLoss(): Promise<void> {
  for (const setting of await findLossySettings(database().db)) {
    log().warn(
      { setting },
      `${setting} is off on the database server: accepted events can be lost if that machine fails. Turn it on in postgresql.conf.`,
    );
  }
}

const keyCheckText = "posthorn";
const keyCheckContext = sealedContexts.keyCheck();

/** A text encrypted by the first process proves that this one has the right key, before anything is written by a wrong one. */
async function checkKey(): Promise<void> {
  const stored = await findOrInsertKeyCheck(database().db, encrypt(keyCheckText, keyCheckContext));
  try {
    if (decrypt(stored, keyCheckContext) === keyCheckText) return;
  } catch {
    // Said below: a wrong key cannot open it.
  }
  throw new SettingsError(
    "POSTHORN_ENCRYPTION_KEY is not the key this database was created with; set that key (if none was set, it is in secrets.json in the data folder)",
  );
}
