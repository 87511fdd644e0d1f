import type { AttemptError } from "../core/deliveries";

const failureName = "AttemptFailure";

/** A failure without a response whose code is known at once; the message is its detail, for an operator. */
export class AttemptFailure extends Error {
  override readonly name = failureName;
  constructor(
    readonly attemptError: AttemptError,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** What cannot be prepared or signed, with what it was kept from; the cause stays known, for it may be the database's. */
  static unprepared(what: string, cause: unknown): AttemptFailure {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new AttemptFailure("signing_failed", `${what}: ${reason}`, { cause });
  }
}

/** By name: the HTTP client is shared among bundles that each have their own class. */
export function isAttemptFailure(error: unknown): error is AttemptFailure {
  return error instanceof Error && error.name === failureName;
}
