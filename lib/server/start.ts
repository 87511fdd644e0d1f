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

/** Exit code if a person has to fix something: the launcher does not restart the app (EX_CONFIG). */
const configurationExitCode = 78;
/** Exit code for temporary problems: the launcher restarts the app (EX_TEMPFAIL). */
const temporaryExitCode = 75;
const stopMsMax = 17_000;

/**
 * Prepares what comes before the first request: settings, database, schema, encryption key, first owner. It waits for
 * a database that cannot be reached yet. If something fails, the reason is printed on standard error and the process
 * exits: with 78 if a person has to fix something, with 75 if the database went away meanwhile.
 */
export async function start(): Promise<void> {
  try {
    const { databaseUrl, bootstrap: wanted } = settings();
    requirePatches();
    for (const note of parseDatabaseUrl(databaseUrl).notes) say(`DATABASE_URL: ${note}`);
    await waitForDatabase(databaseUrl, say);
    await migrate(databaseUrl, say).catch(explainMigration);
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

/** What to print for an error, and the exit code; `null` for an internal error. */
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

/**
 * Any other PostgreSQL error is printed with its own message: "Failed query" and the statement around it say nothing.
 */
function explainMigration(error: unknown): never {
  if (describeDatabaseError(error)) throw error;
  const why = causesOf(error).at(-1)?.message ?? String(error);
  throw new SettingsError(`the database could not be prepared: ${why}`);
}

/**
 * Stops in order: no more connections, claims, chunks and emails; work in flight is answered, finished and recorded;
 * then the database connections are closed. It takes at most 17 s.
 */
export async function stop(closeServers = async (_withinMs: number) => {}): Promise<void> {
  await stopSelfTest();
  await Promise.all([closeServers(stopMsMax), stopReplays(), stopEmails(), stopDelivering(stopMsMax)]);
  await Promise.all([closeDatabase(), stopTelemetry()]);
  log().info("stopped");
}

/**
 * The embedded database belongs to this process alone: its leases are those of a killed process, and need not expire
 * first.
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

/**
 * A commit waits for the disk whatever the server's `synchronous_commit` (see the pools); only the server can set
 * these.
 */
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

/**
 * A text encrypted by the first process proves that this one has the right key, before anything is written with a
 * wrong one.
 */
async function checkKey(): Promise<void> {
  const stored = await findOrInsertKeyCheck(database().db, encrypt(keyCheckText, keyCheckContext));
  try {
    if (decrypt(stored, keyCheckContext) === keyCheckText) return;
  } catch {
    // Reported below: a wrong key cannot decrypt it.
  }
  throw new SettingsError(
    "POSTHORN_ENCRYPTION_KEY is not the key this database was created with; set that key (if none was set, it is in secrets.json in the data folder)",
  );
}
