import type { Transferable, Worker } from "node:worker_threads";
import { log } from "./log";

type Kept<Told> = {
  /** Its name in log lines, like `the thread that delivers`. */
  name: string;
  open: () => Worker;
  restartAfterMs: number;
  /** Tells a thread what it must know at its start; `again`: it replaces one that ended. */
  started: (again: boolean) => void;
  hear: (message: Told) => void;
  ended: () => void;
};

/** A thread of the process. If it ends by itself, it is started again. */
export class KeptThread<Asked, Told> {
  private worker: Worker | null = null;
  private isStopping = false;

  constructor(private readonly kept: Kept<Told>) {}

  start(again = false): void {
    const { name, open, started, hear } = this.kept;
    const worker = open();
    this.worker = worker;
    worker.on("message", hear);
    worker.on("error", (error) => log().error({ error }, `${name} failed`));
    worker.on("exit", () => this.ended());
    started(again);
  }

  private ended(): void {
    const { name, restartAfterMs, ended } = this.kept;
    this.worker = null;
    ended();
    if (this.isStopping) return;
    log().error(`${name} exited; restarting it`);
    setTimeout(() => {
      if (!this.isStopping) this.start(true);
    }, restartAfterMs).unref();
  }

  /** Whether the thread is running. */
  get isThere(): boolean {
    return this.worker !== null;
  }

  /** Sends a message to the thread, if it is running. */
  ask(message: Asked, transferred: Transferable[] = []): void {
    this.worker?.postMessage(message, transferred);
  }

  /** Ends it as a fault of its own would: another one replaces it. */
  async kill(): Promise<void> {
    await this.worker?.terminate();
  }

  /** From now on it is not restarted when it ends. */
  expectEnd(): void {
    this.isStopping = true;
  }

  /** Ends it for good. @param finish asks it to finish its work, and calls `done` when it has */
  async stop(finish: (done: () => void) => void): Promise<void> {
    this.expectEnd();
    const { worker } = this;
    if (!worker) return;
    await new Promise<void>(finish);
    await worker.terminate();
  }
}
