import type { EngineEvent } from "./event-intake";
import type { Timers } from "./timers";

export type BatchLimits = { maxSize: number; timeoutMs: number };

/** Gathers a function's events until a batch is full or its oldest event has waited long enough. */
export class Batcher {
  #events: EngineEvent[] = [];
  #cancelTimeout = () => {};
  readonly #limits: BatchLimits;
  readonly #timers: Timers;
  readonly #start: (events: EngineEvent[]) => void;

  constructor(limits: BatchLimits, timers: Timers, start: (events: EngineEvent[]) => void) {
    this.#limits = limits;
    this.#timers = timers;
    this.#start = start;
  }

  add(event: EngineEvent): void {
    this.#events.push(event);
    if (this.#events.length >= this.#limits.maxSize) {
      this.#flush();
    } else if (this.#events.length === 1) {
      this.#cancelTimeout = this.#timers.after(this.#limits.timeoutMs, () => this.#flush());
    }
  }

  #flush(): void {
    this.#cancelTimeout();
    const events = this.#events;
    this.#events = [];
    this.#start(events);
  }
}
