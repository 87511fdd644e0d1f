import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "../core/errors";
import { requestBytesMax } from "../core/events";

/** A request's place within a gate. */
export type Place = {
  /** Holds more bytes of its body. @returns whether there is room for them */
  hold(bytes: number): boolean;
};

/** What a gate lets in at most. With `waitMs`, as few as `requestsMin` while answers take longer than that. */
type Limits = { requests: number; bytes: number; waiting?: { waitMs: number; requestsMin: number } };

/** What an answer in time adds to the room, of which one that was late takes a whole place: four in five are in time. */
const placesRegained = 0.25;

/**
 * Limits the requests under way and the bytes of their bodies, so that refused requests cost no memory. A place is
 * held until the answer is sent or the connection is closed.
 */
export class Gate {
  private requests = 0;
  private bytes = 0;
  private room: number;

  constructor(private readonly max: Limits) {
    this.room = max.requests;
  }

  /** @returns `null` if there is no room for it */
  enter({ headers }: IncomingMessage, response: ServerResponse): Place | null {
    const length = Number(headers["content-length"] ?? 0);
    // A body that is too long is not read.
    let announced = length <= requestBytesMax ? length : 0;
    if (this.requests >= this.room || this.bytes + announced > this.max.bytes) return null;
    this.requests += 1;
    this.bytes += announced;
    let held = announced;
    let since = performance.now();
    response.once("close", () => {
      this.requests -= 1;
      this.bytes -= held;
      if (response.writableFinished) this.adapt(performance.now() - since);
    });
    return {
      hold: (bytes) => {
        since = performance.now();
        const more = Math.max(0, bytes - announced);
        announced = Math.max(0, announced - bytes);
        if (this.bytes + more > this.max.bytes) return false;
        this.bytes += more;
        held += more;
        return true;
      },
    };
  }

  /** @param ms from the last byte of a request to its answer, so that a slow upload counts for nothing */
  private adapt(ms: number): void {
    const { requests, waiting } = this.max;
    if (!waiting) return;
    const room = this.room + (ms > waiting.waitMs ? -1 : placesRegained);
    this.room = Math.min(requests, Math.max(waiting.requestsMin, room));
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
