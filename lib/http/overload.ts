import { database } from "@/db/connection/database";
import { findOldestDueSeconds } from "@/db/queries/find-oldest-due";
import { AppError } from "../core/errors";
import { settings } from "../platform/env";
import { log } from "../platform/log";

/** How often the process's memory and the due deliveries are checked. */
const lookEveryMs = 1_000;
const mebibyte = 1024 * 1024;

/**
 * Decides whether more events are accepted, by `POSTHORN_MEMORY_MAX_MB` and `POSTHORN_BACKLOG_SECONDS_MAX`, which are
 * off unless set. It checks periodically while it is used.
 */
export class Overload {
  private refusal: AppError | null = null;
  private timer: NodeJS.Timeout | null = null;

  /** @returns the error that an event is refused with now; `null` if it is accepted */
  check(): AppError | null {
    const { memoryMaxMb, backlogSecondsMax } = settings();
    if (memoryMaxMb === null && backlogSecondsMax === null) return null;
    if (!this.timer) {
      this.timer = setInterval(() => void this.look(), lookEveryMs);
      this.timer.unref();
      void this.look();
    }
    return this.refusal;
  }

  /** Also called by tests. */
  async look(): Promise<void> {
    const refusal = await findRefusal().catch(() => this.refusal);
    if (refusal && !this.refusal) log().warn({ reason: refusal.message }, "new events are refused for now");
    if (!refusal && this.refusal) log().info("events are accepted again");
    this.refusal = refusal;
  }
}

async function findRefusal(): Promise<AppError | null> {
  const { memoryMaxMb, backlogSecondsMax } = settings();
  if (memoryMaxMb !== null && process.memoryUsage.rss() > memoryMaxMb * mebibyte) {
    return refuse(`Posthorn uses more than ${memoryMaxMb} MB of memory (POSTHORN_MEMORY_MAX_MB)`);
  }
  if (backlogSecondsMax === null) return null;
  const seconds = await findOldestDueSeconds(database().sql, { overSeconds: backlogSecondsMax });
  if (seconds === null) return null;
  return refuse(
    `deliveries to healthy webhooks are ${Math.round(seconds)} seconds late, more than the ${backlogSecondsMax} of POSTHORN_BACKLOG_SECONDS_MAX`,
  );
}

function refuse(why: string): AppError {
  return new AppError("unavailable", `${why}; nothing was written. Try again later.`, {
    retryAfterSeconds: 5,
  });
}
