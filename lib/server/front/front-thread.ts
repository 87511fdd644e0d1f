import { type Transferable, Worker } from "node:worker_threads";
import { alsoForgetApiKeys } from "../../api-keys/find-api-key";
import { wakeDirectly } from "../../delivery/worker/deliver-due";
import { noteDatabaseFailure } from "../../platform/database-outage";
import { log } from "../../platform/log";
import { engineState, onEngineReport, signalDue } from "../../platform/signals";
import type { Inner } from "../inner";
import type { FromFront, ToFront } from "./thread-messages";

const restartAfterMs = 100;

/**
 * The thread that has the port: it answers what is asked most, and has Next, in the process's main thread, answer the
 * rest. What Next hangs on every promise of its own thread costs an event that is published nothing.
 *
 * One that ends by itself is started again.
 */
export class FrontThread {
  private worker: Worker | null = null;
  private isOpen = false;
  private isStopping = false;
  private settleStopping = (_wasAsked: boolean) => {};
  private settleClosed = () => {};

  /** @param exit ends the process, which can't listen */
  constructor(
    private readonly inner: Pick<Inner, "address" | "listenOn" | "dev">,
    private readonly exit: (message: string) => void,
    private readonly openWorker = () => new Worker(new URL("./thread.ts", import.meta.url)),
  ) {
    this.start();
    alsoForgetApiKeys(() => this.ask({ ask: "forgetApiKeys" }));
    onEngineReport((engine) => this.ask({ ask: "noteEngine", engine }));
  }

  private start(): void {
    const worker = this.openWorker();
    this.worker = worker;
    worker.on("message", (message: FromFront) => this.hear(message));
    worker.on("error", (error) => log().error({ error }, "the thread that has the port failed"));
    worker.on("exit", () => this.ended());
    const { address, listenOn, dev } = this.inner;
    this.ask({ ask: "listen", ...listenOn, inner: address, dev });
    this.ask({ ask: "noteEngine", engine: engineState() });
    wakeDirectly((wakes) => this.ask({ ask: "wakeBy", wakes }, [wakes]));
    if (this.isOpen) this.open();
  }

  private ended(): void {
    this.worker = null;
    this.settleStopping(false);
    this.settleClosed();
    if (this.isStopping) return;
    log().error("the thread that has the port ended; it is started again");
    setTimeout(() => {
      if (!this.isStopping) this.start();
    }, restartAfterMs).unref();
  }

  /** Has it answer, now that the process has started. Requests that came before have waited. */
  open(): void {
    this.isOpen = true;
    this.ask({ ask: "open" });
  }

  /**
   * From now on health says `stopping`, and each answer asks for its connection to be closed.
   * @returns whether a request came within the last so many milliseconds
   */
  async beginStopping(recentMs: number): Promise<boolean> {
    this.isStopping = true;
    if (!this.worker) return false;
    return new Promise((resolve) => {
      this.settleStopping = resolve;
      this.ask({ ask: "beginStopping", recentMs });
    });
  }

  /** Takes no more connections, and resolves when all that was being answered is, or after `withinMs`. */
  async close(withinMs: number): Promise<void> {
    this.isStopping = true;
    const { worker } = this;
    if (!worker) return;
    await new Promise<void>((resolve) => {
      this.settleClosed = resolve;
      this.ask({ ask: "close", withinMs });
    });
    await worker.terminate();
  }

  private ask(message: ToFront, transferred: Transferable[] = []): void {
    this.worker?.postMessage(message, transferred);
  }

  private hear(message: FromFront): void {
    if (message.tell === "signal") signalDue();
    else if (message.tell === "databaseFailed") noteDatabaseFailure(message.failure, log());
    else if (message.tell === "cannotListen") this.exit(message.message);
    else if (message.tell === "stopping") this.settleStopping(message.wasAsked);
    else this.settleClosed();
  }
}
