import { StartError } from "../embedded-postgres/start-error.mjs";

/**
 * Tells the user what went wrong: what they can put right in a sentence, a fault of ours with its stack.
 * @param {unknown} error
 */
export function reportError(error) {
  const text =
    error instanceof StartError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`posthorn: ${text}\n`);
}
