import { parseArgs } from "node:util";
import { StartError } from "../../bin/embedded-postgres/start-error.mjs";

/** @typedef {NonNullable<import("node:util").ParseArgsConfig["options"]>} ArgumentOptions */

/**
 * Reads a command line. Throws, with the usage, naming what is wrong with it.
 * @template {ArgumentOptions} T
 * @param {string[]} args
 * @param {T} options
 * @param {string} usage
 */
export function readArguments(args, options, usage) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : error}\n\n${usage}`, { cause: error });
  }
}

/**
 * @param {string} name
 * @param {string | undefined} text
 */
export function wholeNumber(name, text) {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new StartError(`--${name} ${text}: must be a whole number above 0`);
  return value;
}
