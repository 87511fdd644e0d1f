import { readArguments } from "../../e2e/support/read-arguments.mjs";

export const usage = `npm run seed -- [options]

Fills a developer's Posthorn with ten webhooks and some hours of traffic, so that every page of the dashboard has
something to show: it publishes through the API to its own receivers on this machine. It uses the Posthorn that PORT,
POSTHORN_DATA_DIR and DATABASE_URL select, and starts it temporarily if it is not running. The webhooks of an earlier
seed are replaced.

  --quick   three hours with little traffic, in a few seconds
  --stay    keeps the receivers (and a Posthorn that was started) running until Ctrl+C, so that retries are answered
  --yes     also fills a Posthorn that looks as if someone uses it; its webhooks get the events, too
  --help    shows this`;

/**
 * Reads the command line. Throws naming what is wrong with it.
 * @param {string[]} args
 */
export function readOptions(args) {
  const flag = /** @type {const} */ ({ type: "boolean", default: false });
  return readArguments(args, { help: flag, quick: flag, stay: flag, yes: flag }, usage);
}
