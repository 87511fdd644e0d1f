import vm from "node:vm";

/** Code in a separate context can be stopped, with everything it calls, even in the middle of a regular expression. */
const script = new vm.Script("run()");
const context = vm.createContext({ run: () => undefined });

/**
 * Does work that must end within a time, and stops it otherwise.
 *
 * @returns whether it ended
 */
export function withinTime(milliseconds: number, work: () => void): boolean {
  context.run = work;
  try {
    script.runInContext(context, { timeout: milliseconds });
    return true;
  } catch (error) {
    if (isTimeout(error)) return false;
    throw error;
  } finally {
    context.run = () => undefined;
  }
}

/** The error belongs to the other context, so it is not an instance of our `Error`. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT"
  );
}
