const firstDelayMs = 200;
const longestDelayMs = 30_000;
/** What ran this long was well: its next end counts as the first again. */
const wellAfterMs = 60_000;

/** How long to wait before something that keeps ending is started again. */
export class Backoff {
  #ends = 0;
  #startedAt = Date.now();

  /**
   * Notes an end.
   * @returns {number} the delay in milliseconds
   */
  nextDelayMs() {
    if (Date.now() - this.#startedAt > wellAfterMs) this.#ends = 0;
    const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** this.#ends);
    this.#ends += 1;
    return delayMs;
  }

  /** Notes a start. */
  started() {
    this.#startedAt = Date.now();
  }
}
