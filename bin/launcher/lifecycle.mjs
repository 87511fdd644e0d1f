import { setTimeout as sleep } from "node:timers/promises";

/** A second signal within this time is the same Ctrl+C, passed on by npm. */
const sameSignalMs = 1_000;

/**
 * What the launcher has started, and how it all ends: once, in the reverse order, whatever asked for it first.
 */
export class Lifecycle {
  #ending = new AbortController();
  #hurry = new AbortController();
  /** @type {(() => Promise<unknown>)[]} */
  #closers = [];
  #signalledAt = 0;

  /** Aborts when the end begins: nothing new is started from then on. */
  get ending() {
    return this.#ending.signal;
  }

  /** Aborts when the user asks a second time: what still ends is killed. */
  get hurry() {
    return this.#hurry.signal;
  }

  /**
   * Adds what is to be closed at the end. Add it before it has started: an end that comes meanwhile waits for it.
   * @param {() => Promise<unknown>} close
   */
  onEnd(close) {
    this.#closers.push(close);
  }

  /**
   * Closes everything and leaves. Never returns.
   * @param {number} exitCode counts only if nothing else began the end before
   * @returns {Promise<never>}
   */
  async end(exitCode) {
    if (!this.#ending.signal.aborted) {
      this.#ending.abort();
      for (const close of this.#closers.reverse()) {
        try {
          await close();
        } catch (error) {
          process.stderr.write(`posthorn: ${error instanceof Error ? error.message : error}\n`);
        }
      }
      process.exit(exitCode);
    }
    return new Promise(() => {});
  }

  /**
   * Ends when the system asks for it, or when what started this is gone: npm, or a test at the end of a channel.
   * @param {() => number} exitCode
   */
  endOnSignals(exitCode) {
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
      process.on(signal, () => {
        const isSecond = this.#signalledAt > 0 && Date.now() - this.#signalledAt > sameSignalMs;
        if (isSecond) this.#hurry.abort();
        this.#signalledAt ||= Date.now();
        void this.end(exitCode());
      });
    }
    process.once("disconnect", () => void this.end(exitCode()));
    if (process.env.npm_lifecycle_event) void this.#endWithParent(exitCode);
  }

  /** @param {() => number} exitCode */
  async #endWithParent(exitCode) {
    const parent = process.ppid;
    while (process.ppid === parent) await sleep(1_000, undefined, { ref: false });
    await this.end(exitCode());
  }
}
