/** The longest delay setTimeout takes: a longer one would fire at once. */
const longestTimeoutMs = 2 ** 31 - 1;

/** Everything the engine waits for; `stop` forgets all of it, and what is asked for afterwards. */
export class Timers {
  readonly #handles = new Set<{ timeout: NodeJS.Timeout }>();
  #stopped = false;

  /** Calls back after a delay of any length; returns what cancels it. Does not keep the process alive. */
  after(delayMs: number, callback: () => void): () => void {
    if (this.#stopped) return () => {};
    const wait = (remainingMs: number): NodeJS.Timeout => {
      const step = Math.min(remainingMs, longestTimeoutMs);
      return setTimeout(() => {
        if (remainingMs > step) {
          handle.timeout = wait(remainingMs - step);
          return;
        }
        this.#handles.delete(handle);
        callback();
      }, step).unref();
    };
    const handle = { timeout: wait(Math.max(0, delayMs)) };
    this.#handles.add(handle);
    return () => {
      clearTimeout(handle.timeout);
      this.#handles.delete(handle);
    };
  }

  stop(): void {
    this.#stopped = true;
    for (const handle of this.#handles) clearTimeout(handle.timeout);
    this.#handles.clear();
  }
}
