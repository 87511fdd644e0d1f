#!/usr/bin/env node
import { parseArgs } from "node:util";
import { StartError } from "./embedded-postgres/start-error.mjs";
import { reportError } from "./launcher/report-error.mjs";
import { assertNodeVersion, readSettings } from "./launcher/settings.mjs";

const usage = `Usage: posthorn COMMAND

reset-password [EMAIL] [--without-second-factor]
  Sets a new password for a person who has forgotten theirs, and ends all of their sessions. It asks for the password, or
  reads it from standard input; if there is none, it generates one and prints it. EMAIL is optional if there is one account.
  --without-second-factor also turns two-factor authentication off, for a person who has lost their phone and recovery codes.

backup FILE
  Writes a consistent backup of the embedded database to a new file, whether Posthorn is running or stopped.

restore FILE [--secrets SECRETS.JSON]
  Restores a backup into a data folder that has no database. SECRETS.JSON is the secrets.json of the data folder that was
  backed up; by default, the data folder's own or POSTHORN_ENCRYPTION_KEY is used.

rotate-key
  Encrypts everything that is encrypted in the database with a new key, also while Posthorn is running. If interrupted, it
  continues when run again. If POSTHORN_ENCRYPTION_KEY is set, it must be \`new,old\`.

health
  Exits with 0 if Posthorn is ready, and with 1 if it is not.
`;

/** @typedef {import("./launcher/settings.mjs").LaunchSettings} LaunchSettings */
/** @typedef {{ secrets?: string | undefined, "without-second-factor"?: boolean | undefined }} Options */

/**
 * Each command with its number of arguments and its options. Modules are loaded on use, so that a health check is quick.
 * @type {Record<string, { min: number, max: number, options?: (keyof Options)[], run: (settings: LaunchSettings, args: string[], options: Options) => Promise<void> }>}
 */
const commands = {
  "reset-password": {
    min: 0,
    max: 1,
    options: ["without-second-factor"],
    run: async (settings, [email], options) =>
      (await import("./commands/reset-password.mjs")).resetPassword(settings, {
        email,
        withoutSecondFactor: options["without-second-factor"] === true,
      }),
  },
  backup: {
    min: 1,
    max: 1,
    run: async (settings, [name = ""]) => (await import("./commands/backup.mjs")).backup(settings, name),
  },
  restore: {
    min: 1,
    max: 1,
    options: ["secrets"],
    run: async (settings, [name = ""], { secrets }) =>
      (await import("./commands/restore.mjs")).restore(settings, { name, secrets }),
  },
  "rotate-key": {
    min: 0,
    max: 0,
    run: async (settings) => (await import("./commands/rotate-key.mjs")).rotateKey(settings),
  },
  health: {
    min: 0,
    max: 0,
    run: async (settings) => (await import("./commands/health.mjs")).health(settings),
  },
};

/** Commands for administrators of the machine. `npm run up` is a separate program. */
async function posthorn() {
  const [name = "", ...rest] = process.argv.slice(2);
  const parsed = parse(rest);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const { length = -1 } = parsed?.positionals ?? [];
  const fits =
    command &&
    length >= command.min &&
    length <= command.max &&
    takesAll(parsed?.values ?? {}, command.options ?? []);
  if (!parsed || !fits || parsed.values.help) {
    process.stderr.write(usage);
    process.exitCode = name === "--help" || parsed?.values.help ? 0 : 64;
    return;
  }
  try {
    assertNodeVersion();
    await command.run(readSettings(), parsed.positionals, parsed.values);
  } catch (error) {
    reportError(error);
    process.exitCode = error instanceof StartError ? error.exitCode : 1;
  }
}

/**
 * @param {object} given
 * @param {string[]} known
 */
function takesAll(given, known) {
  return Object.keys(given).every((option) => option === "help" || known.includes(option));
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { type: "boolean" },
        secrets: { type: "string" },
        "without-second-factor": { type: "boolean" },
      },
    });
  } catch {
    return null;
  }
}

await posthorn();
