import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "../core/errors";
import { requestBytesMax } from "../core/events";

/** A request's place within a gate. */
export type Place = {
  /** Holds more bytes of its body. @returns whether there is room for them */
  hold(bytes: number): boolean;
};

/**
 * Limits the requests under way and the bytes of their bodies, so that refused requests cost no memory. A place is
 * held until the answer is sent or the connection is closed.
 */
export class Gate {
  private requests = 0;
  private bytes = 0;

  constructor(private readonly max: { requests: number; bytes: number }) {}

  /** @returns `null` if there is no room for it */
  enter({ headers }: IncomingMessage, response: ServerResponse): Place | null {
    const length = Number(headers["content-length"] ?? 0);
    // A body that is too long is not read.
    let announced = length <= requestBytesMax ? length : 0;
    if (this.requests >= this.max.requests || this.bytes + announced > this.max.bytes) return null;
    this.requests += 1;
    this.bytes += announced;
    let held = announced;
    response.once("close", () => {
      this.requests -= 1;
      this.bytes -= held;
    });
    return {
      hold: (bytes) => {
        const more = Math.max(0, bytes - announced);
        announced = Math.max(0, announced - bytes);
        if (this.bytes + more > this.max.bytes) return false;
        this.bytes += more;
        held += more;
        return true;
      },
    };
  }
}

/** The error for a request that gets no place. */
export function tooBusy(): AppError {
  return new AppError(
    "unavailable",
    "Posthorn is handling as many requests as it can; this one was not started. Try again in a second.",
    { retryAfterSeconds: 1 },
  );
}
