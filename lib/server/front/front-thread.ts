import { Worker } from "node:worker_threads";
import { alsoForgetApiKeys } from "../../api-keys/find-api-key";
import { wakeDirectly } from "../../delivery/worker/deliver-due";
import { busyThreadLimits } from "../../platform/busy-thread-limits";
import { noteDatabaseFailure } from "../../platform/database-outage";
import { KeptThread } from "../../platform/kept-thread";
import { log } from "../../platform/log";
import { engineState, onEngineReport, signalDue } from "../../platform/signals";
import type { Inner } from "../inner";
import type { FromFront, ToFront } from "./thread-messages";

const restartAfterMs = 100;

/**
 * The thread with Posthorn's port. It answers the most frequent requests and passes the rest to Next in the process's
 * main thread, so that publishing does not pay for the async hooks that Next adds to every promise.
 *
 * If it ends by itself, it is started again.
 */
export class FrontThread {
  private readonly thread: KeptThread<ToFront, FromFront>;
  private isOpen = false;
  private settleStopping = (_wasAsked: boolean) => {};
  private settleClosed = () => {};

  /** @param exit ends the process if it cannot listen */
  constructor(
    inner: Pick<Inner, "address" | "listenOn" | "dev">,
    private readonly exit: (message: string) => void,
    open = () => new Worker(new URL("./thread.ts", import.meta.url), { resourceLimits: busyThreadLimits }),
  ) {
    this.thread = new KeptThread({
      name: "the front thread",
      open,
      restartAfterMs,
      started: () => {
        const { address, listenOn, dev } = inner;
        this.thread.ask({ ask: "listen", ...listenOn, inner: address, dev });
        this.thread.ask({ ask: "noteEngine", engine: engineState() });
        wakeDirectly((wakes) => this.thread.ask({ ask: "wakeBy", wakes }, [wakes]));
        if (this.isOpen) this.open();
      },
      hear: (message) => this.hear(message),
      ended: () => {
        this.settleStopping(false);
        this.settleClosed();
      },
    });
    this.thread.start();
    alsoForgetApiKeys(() => this.thread.ask({ ask: "forgetApiKeys" }));
    onEngineReport((engine) => this.thread.ask({ ask: "noteEngine", engine }));
  }

  /** Makes it answer, now that the process has started. Earlier requests have waited. */
  open(): void {
    this.isOpen = true;
    this.thread.ask({ ask: "open" });
  }

  /**
   * From now on health says `stopping`, and each answer closes its connection.
   *
   * @returns whether a request came within the last so many milliseconds
   */
  async beginStopping(recentMs: number): Promise<boolean> {
    this.thread.expectEnd();
    if (!this.thread.isThere) return false;
    return new Promise((resolve) => {
      this.settleStopping = resolve;
      this.thread.ask({ ask: "beginStopping", recentMs });
    });
  }

  /** Accepts no more connections, and resolves when all requests under way are answered, or after `withinMs`. */
  close(withinMs: number): Promise<void> {
    return this.thread.stop((done) => {
      this.settleClosed = done;
      this.thread.ask({ ask: "close", withinMs });
    });
  }

  private hear(message: FromFront): void {
    if (message.tell === "signal") signalDue();
    else if (message.tell === "databaseFailed") noteDatabaseFailure(message.failure, log());
    else if (message.tell === "cannotListen") this.exit(message.message);
    else if (message.tell === "stopping") this.settleStopping(message.wasAsked);
    else this.settleClosed();
  }
}
