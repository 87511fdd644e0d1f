const firstDelayMs = 200;
const longestDelayMs = 30_000;
/** What was well this long has recovered: its next end counts as the first again. */
const wellAfterMs = 10_000;

/** How long to wait before something that keeps ending is started again. */
export class Backoff {
  #ends = 0;
  /** @type {number | null} */
  #wellSince = null;

  /**
   * Notes an end.
   * @returns {number} the delay in milliseconds
   */
  nextDelayMs() {
    if (this.#wellSince !== null && Date.now() - this.#wellSince >= wellAfterMs) this.#ends = 0;
    this.#wellSince = null;
    const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** this.#ends);
    this.#ends += 1;
    return delayMs;
  }

  /** Notes that it started, and does what it is there for. */
  isWell() {
    this.#wellSince = Date.now();
  }
}

/**
 * The delay as text.
 * @param {number} delayMs
 */
export function asText(delayMs) {
  return delayMs < 1_000 ? "now" : `in ${Math.round(delayMs / 1_000)} s`;
}
