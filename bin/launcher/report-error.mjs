import { StartError } from "../embedded-postgres/start-error.mjs";
import { endLine } from "./progress.mjs";

/**
 * Reports what went wrong: what the user can put right as a sentence, a fault of ours with its stack.
 * @param {unknown} error
 */
export function reportError(error) {
  const text =
    error instanceof StartError ? error.message : error instanceof Error ? error.stack : String(error);
  endLine();
  process.stderr.write(`posthorn: ${text}\n`);
}
