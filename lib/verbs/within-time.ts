import { ScanTooSlow } from "@/db/queries/bounded-scan";
import { AppError } from "../core/errors";

/**
 * The result of a scan of the log.
 *
 * @throws AppError `unavailable` if not even a few rows could be read in time
 */
export async function withinTime<T>(scan: () => Promise<T>): Promise<T> {
  try {
    return await scan();
  } catch (error) {
    if (!(error instanceof ScanTooSlow)) throw error;
    throw new AppError("unavailable", "The database took too long to read the event log. Try again.", {
      retryAfterSeconds: 5,
    });
  }
}
