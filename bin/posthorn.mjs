#!/usr/bin/env node
import { resetPassword } from "./commands/reset-password.mjs";
import { StartError } from "./embedded-postgres/start-error.mjs";
import { reportError } from "./launcher/report-error.mjs";
import { assertNodeVersion, readSettings } from "./launcher/settings.mjs";

const usage = `Usage: posthorn reset-password [EMAIL]

  Sets a new password for who has forgotten theirs, and ends all of their sessions. It asks for the password, or reads it
  from its input; without one it makes one, and prints it. EMAIL may be left out if there is one account only.
`;

/** What who has the machine can do that the dashboard cannot. `npm run up` is a program of its own. */
async function posthorn() {
  const [command, ...args] = process.argv.slice(2);
  if (command !== "reset-password" || args.length > 1 || args[0]?.startsWith("-")) {
    process.stderr.write(usage);
    process.exitCode = command === "--help" || args[0] === "--help" ? 0 : 64;
    return;
  }
  try {
    assertNodeVersion();
    await resetPassword(readSettings(), args[0]);
  } catch (error) {
    reportError(error);
    process.exitCode = error instanceof StartError ? error.exitCode : 1;
  }
}

await posthorn();
