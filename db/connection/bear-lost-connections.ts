import { describeDatabaseError } from "../../lib/platform/describe-database-error";
import { log } from "../../lib/platform/log";

/**
 * postgres.js leaves a rejection unhandled if a connection is lost while it opens, and then opens another. The
 * process must not exit because of it.
 */
export function bearLostConnections(): void {
  process.on("unhandledRejection", (error) => {
    if (!describeDatabaseError(error)?.passes) throw error;
    log().warn({ error }, "a connection to the database was lost as it opened");
  });
}
