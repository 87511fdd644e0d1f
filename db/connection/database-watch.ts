import { AppError } from "../../lib/core/errors";
import { log } from "../../lib/platform/log";

/** How long a request waits before the database is asked whether it answers at all. */
const patienceMs = 1_500;
/** How long the database may take to answer that. */
const answerMsMax = 2_000;
const lookEveryMs = 250;
/** A request may take longer than that, as a test event does. The database is then asked again at this interval. */
const askAgainMs = 1_000;

type Waiting = { since: number; giveUp: (error: AppError) => void };

/**
 * Keeps requests from waiting for a database that accepts connections but answers nothing, such as one that is frozen
 * or behind a network that drops packets. While a request waits, the database is asked something cheap. If that gets
 * no answer either, the request is refused, and so are later ones, until there is an answer. Work that had already
 * started may still complete.
 */
export class DatabaseWatch {
  private readonly waiting = new Set<Waiting>();
  private timer: NodeJS.Timeout | null = null;
  private lookedAt = 0;
  private askedAt: number | null = null;
  private answeredAt = Number.NEGATIVE_INFINITY;
  private silent = false;

  /** @param ask resolves once the database answers, whatever the answer; rejects if it cannot be reached */
  constructor(private readonly ask: () => Promise<unknown>) {}

  /**
   * Does work that needs the database.
   *
   * @throws what the work throws; AppError `unavailable` if the database does not answer
   */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    if (this.silent) throw isSilent("nothing was written. Try again later.");
    return new Promise<T>((resolve, reject) => {
      const one: Waiting = { since: performance.now(), giveUp: reject };
      this.waiting.add(one);
      this.look();
      work()
        .then(resolve, reject)
        .finally(() => this.waiting.delete(one));
    });
  }

  /** Checks at an interval while anything waits. */
  private look(): void {
    if (this.timer) return;
    this.lookedAt = performance.now();
    this.timer = setInterval(() => this.lookAgain(), lookEveryMs);
    this.timer.unref();
  }

  private lookAgain(): void {
    const now = performance.now();
    // This process was suspended meanwhile, so the missing answer says nothing.
    const ownPauseMs = Math.max(0, now - this.lookedAt - 2 * lookEveryMs);
    this.lookedAt = now;
    if (ownPauseMs > 0) {
      for (const one of this.waiting) one.since += ownPauseMs;
      if (this.askedAt !== null) this.askedAt += ownPauseMs;
    }
    const [oldest] = this.waiting;
    if (this.askedAt !== null) {
      if (!this.silent && now - this.askedAt > answerMsMax) this.fallSilent();
    } else if (oldest) {
      if (now - oldest.since > patienceMs && now - this.answeredAt > askAgainMs) this.askNow();
    } else if (this.timer) {
      clearInterval(this.timer);
      this.timer = null;
    }
  }

  private askNow(): void {
    this.askedAt = performance.now();
    const answered = () => {
      this.askedAt = null;
      this.answeredAt = performance.now();
      if (this.silent) log().info("the database answers again");
      this.silent = false;
    };
    this.ask().then(answered, (error: unknown) => {
      if (this.silent && isTimeout(error)) this.askNow();
      // If the database cannot be reached, each request gets that error itself.
      else answered();
    });
  }

  private fallSilent(): void {
    this.silent = true;
    log().error(
      { requests: this.waiting.size },
      "the database does not answer; until it does, requests are answered 503",
    );
    for (const { giveUp } of this.waiting) {
      giveUp(
        isSilent(
          "it is unknown whether anything was written. Try again later; events with an idempotency key are not published twice.",
        ),
      );
    }
    this.waiting.clear();
  }
}

/** A connection could not even be opened. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "CONNECT_TIMEOUT";
}

function isSilent(outcome: string): AppError {
  return new AppError("unavailable", `the database does not answer; ${outcome}`, { retryAfterSeconds: 5 });
}
