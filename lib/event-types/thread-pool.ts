import type { Worker } from "node:worker_threads";
import { log } from "../platform/log";

type PoolOptions = {
  open: () => Worker;
  threadsMax: number;
  /** A thread that has not answered by then is ended. */
  answerMsMax: number;
  /** The most that may wait, by size; more is refused. */
  waitingSizeMax: number;
};
type Asked<Q, A> = { lane: string; size: number; ask: () => Q | null; answer: (answer: A | null) => void };
type Thread<Q, A> = { worker: Worker; asked: Asked<Q, A> | null; timer: NodeJS.Timeout | undefined };

/** Too much is waiting. */
export class PoolIsFull extends Error {
  override readonly name = "PoolIsFull";
}

/**
 * Threads that answer one request at a time. Lanes take turns, and each uses at most one thread, so that a lane with
 * many or slow requests delays only itself.
 */
export class ThreadPool<Q, A> {
  private readonly lanes = new Map<string, Asked<Q, A>[]>();
  private readonly threads = new Set<Thread<Q, A>>();
  private waitingSize = 0;

  constructor(private readonly options: PoolOptions) {}

  /**
   * @param asked `ask` returns the request when its turn comes, `null` if it is no longer needed
   * @returns the answer; `null` if there was no request, or the thread ended or was ended during it
   * @throws PoolIsFull
   */
  ask({ lane, size, ask }: { lane: string; size: number; ask: () => Q | null }): Promise<A | null> {
    if (this.waitingSize > 0 && this.waitingSize + size > this.options.waitingSizeMax)
      return Promise.reject(new PoolIsFull());
    this.waitingSize += size;
    return new Promise((answer) => {
      const waiting = this.lanes.get(lane) ?? [];
      waiting.push({ lane, size, ask, answer });
      this.lanes.set(lane, waiting);
      this.dispatch();
    });
  }

  private dispatch(): void {
    const busy = new Set([...this.threads].map(({ asked }) => asked?.lane));
    for (const [lane, waiting] of [...this.lanes]) {
      if (busy.has(lane)) continue;
      const thread = this.freeThread();
      if (!thread) return;
      const question = this.nextOf(waiting);
      if (waiting.length === 0) this.lanes.delete(lane);
      if (question) this.send(thread, question.asked, question.text);
    }
  }

  private nextOf(waiting: Asked<Q, A>[]): { asked: Asked<Q, A>; text: Q } | null {
    for (let asked = waiting.shift(); asked; asked = waiting.shift()) {
      this.waitingSize -= asked.size;
      const text = asked.ask();
      if (text !== null) return { asked, text };
      asked.answer(null);
    }
    return null;
  }

  private send(thread: Thread<Q, A>, asked: Asked<Q, A>, question: Q): void {
    thread.asked = asked;
    thread.timer = setTimeout(() => void thread.worker.terminate(), this.options.answerMsMax);
    thread.worker.ref();
    thread.worker.postMessage(question);
  }

  private freeThread(): Thread<Q, A> | null {
    for (const thread of this.threads) if (!thread.asked) return thread;
    if (this.threads.size >= this.options.threadsMax) return null;
    const worker = this.options.open();
    const thread: Thread<Q, A> = { worker, asked: null, timer: undefined };
    worker.unref();
    worker.on("message", (answer: A) => this.settle(thread, answer));
    worker.on("error", (error) => log().error({ error }, "a schema validation thread failed"));
    worker.on("exit", () => {
      this.threads.delete(thread);
      this.settle(thread, null);
    });
    this.threads.add(thread);
    return thread;
  }

  private settle(thread: Thread<Q, A>, answer: A | null): void {
    clearTimeout(thread.timer);
    thread.worker.unref();
    const { asked } = thread;
    thread.asked = null;
    if (asked) this.toLastTurn(asked.lane);
    asked?.answer(answer);
    this.dispatch();
  }

  private toLastTurn(lane: string): void {
    const waiting = this.lanes.get(lane);
    if (!waiting) return;
    this.lanes.delete(lane);
    this.lanes.set(lane, waiting);
  }

  /** Ends all threads; their requests are answered with `null`. */
  async close(): Promise<void> {
    await Promise.all([...this.threads].map(({ worker }) => worker.terminate()));
  }
}
