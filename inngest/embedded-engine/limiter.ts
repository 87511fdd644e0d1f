/** Lets a limited number of tasks run at once, the others in the order they came. */
export class Limiter {
  #running = 0;
  #stopped = false;
  #waiting: (() => void)[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Runs a task when there is room. After `stop`, a task that has not begun never will. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#stopped || this.#running >= this.#limit) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#waiting = [];
  }
}
