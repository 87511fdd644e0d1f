#!/usr/bin/env node
import { parseArgs } from "node:util";
import { StartError } from "./embedded-postgres/start-error.mjs";
import { reportError } from "./launcher/report-error.mjs";
import { assertNodeVersion, readSettings } from "./launcher/settings.mjs";

const usage = `Usage: posthorn COMMAND

reset-password [EMAIL] [--without-second-factor]
  Sets a new password for who has forgotten theirs, and ends all of their sessions. It asks for the password, or reads it
  from its input; without one it makes one, and prints it. EMAIL may be left out if there is one account only.
  --without-second-factor also turns two-factor authentication off, for who lost their phone and their recovery codes.

backup FILE
  Writes the embedded database into a new file, as it is at one moment, while Posthorn runs or is stopped.

restore FILE [--secrets SECRETS.JSON]
  Makes the database of a data folder that has none from a backup. SECRETS.JSON is the file of the data folder that was
  backed up; without it, the data folder's own, or POSTHORN_ENCRYPTION_KEY.

rotate-key
  Encrypts all that is encrypted in the database with a new key, while Posthorn runs. It may be stopped, and goes on when it
  is called again. A key that is set in POSTHORN_ENCRYPTION_KEY has to be there as \`new,old\`.

health
  Ends with 0 if Posthorn is ready, and else with 1.
`;

/** @typedef {import("./launcher/settings.mjs").LaunchSettings} LaunchSettings */
/** @typedef {{ secrets?: string | undefined, "without-second-factor"?: boolean | undefined }} Options */

/**
 * Each command, and how many arguments and which options it takes. Their modules are loaded as they are called: a health check is quick.
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

/** What who has the machine can do that the dashboard cannot. `npm run up` is a program of its own. */
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
