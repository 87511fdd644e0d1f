import type { AttemptError } from "../core/deliveries";

const failureName = "AttemptFailure";

/** A failure without a response, with a known code; the message is its detail, for an operator. */
export class AttemptFailure extends Error {
  override readonly name = failureName;
  constructor(
    readonly attemptError: AttemptError,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The failure of what could not be prepared or signed. The cause is kept, because it may be the database's. */
  static unprepared(what: string, cause: unknown): AttemptFailure {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new AttemptFailure("signing_failed", `${what}: ${reason}`, { cause });
  }
}

/** By name: the HTTP client is shared among bundles that each have their own class. */
export function isAttemptFailure(error: unknown): error is AttemptFailure {
  return error instanceof Error && error.name === failureName;
}
