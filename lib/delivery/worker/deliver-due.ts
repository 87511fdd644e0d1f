import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { database } from "@/db/connection/database";
import { isEmailDue } from "@/db/queries/emails";
import { busyThreadLimits } from "../../platform/busy-thread-limits";
import { noteDatabaseFailure } from "../../platform/database-outage";
import { KeptThread } from "../../platform/kept-thread";
import { log } from "../../platform/log";
import { passOn, setLocalDrain, signalDue, signalEmails, signalOthers } from "../../platform/signals";
import { closeAgent } from "../http-client/agent";
import { openReceivers } from "../self-test-receiver";
import { drainDue } from "./drain";
import type { Drained, FromThread, ToThread } from "./thread-messages";
import { workerPool } from "./worker-pool";

const holder = globalThis as {
  posthornDeliveryThread?: DeliveryThread;
  posthornGiveWakes?: (wakes: MessagePort) => void;
};

/** Starts a separate thread for deliveries in this process. */
export function startDeliveryThread(): void {
  holder.posthornDeliveryThread ??= new DeliveryThread(
    () => new Worker(new URL("./thread.ts", import.meta.url), { resourceLimits: busyThreadLimits }),
  );
}

/**
 * Lets another thread signal due deliveries directly to the delivering one: by any message to the port that it is
 * given, now if the thread has started, and again whenever it starts.
 */
export function wakeDirectly(give: (wakes: MessagePort) => void): void {
  holder.posthornGiveWakes = give;
  holder.posthornDeliveryThread?.giveWakes();
}

/**
 * Delivers what is due (see `drainDue`), in the process's thread for it if that was started. Signals for what is left
 * after 20 seconds, and for emails about the results.
 */
export async function deliverDue(): Promise<Drained> {
  const drained = await (holder.posthornDeliveryThread?.deliver() ?? drainDue());
  if (drained.more) signalDue();
  if (drained.delivered > 0 && (await isEmailDue(database().db))) signalEmails();
  return drained;
}

/**
 * Claims no more, finishes and records what is in flight. What is not finished in time waits until its lease expires.
 */
export async function stopDelivering(withinMs: number): Promise<void> {
  const thread = holder.posthornDeliveryThread;
  delete holder.posthornDeliveryThread;
  if (thread) return thread.stop(withinMs);
  await workerPool().stop(withinMs);
  await closeAgent();
}

/** Ends this process's delivering thread in the middle of its work, as a fault would. @returns whether there was one */
export async function killDelivering(): Promise<boolean> {
  const thread = holder.posthornDeliveryThread;
  await thread?.kill();
  return thread !== undefined;
}

const restartAfterMs = 1_000;

/**
 * The thread that claims, sends and records, beside the one that answers requests. Neither waits for the other, and
 * deliveries do not pay for the hooks that Next adds to every promise and date of its own thread, which would double
 * their cost.
 *
 * If it ends by itself it is started again; deliveries that it was sending are sent again when their leases expire.
 */
export class DeliveryThread {
  private readonly thread: KeptThread<ToThread, FromThread>;
  private drain: { resolve: (result: Drained) => void; reject: (error: unknown) => void } | null = null;
  private stopped: (() => void) | null = null;

  constructor(open: () => Worker) {
    this.thread = new KeptThread({
      name: "the delivery thread",
      open,
      restartAfterMs,
      started: (again) => {
        this.giveWakes();
        if (again) signalDue();
      },
      hear: (message) => this.hear(message),
      ended: () => {
        this.settleDrain(({ reject }) => reject(new Error("the delivery thread exited")));
        this.stopped?.();
      },
    });
    this.thread.start();
  }

  /** See `wakeDirectly`. */
  giveWakes(): void {
    if (!this.thread.isThere || !holder.posthornGiveWakes) return;
    const { port1, port2 } = new MessageChannel();
    this.thread.ask({ ask: "hearWakes", wakes: port1 }, [port1]);
    holder.posthornGiveWakes(port2);
  }

  /**
   * Makes it deliver what is due (see `drainDue`). Meanwhile the process's signals wake it.
   *
   * @throws the drain's error, or that the thread ended
   */
  async deliver(): Promise<Drained> {
    if (this.drain) {
      this.thread.ask({ ask: "wake" });
      return { delivered: 0, more: false };
    }
    // The thread that replaces it signals.
    if (!this.thread.isThere) return { delivered: 0, more: false };
    const result = new Promise<Drained>((resolve, reject) => {
      this.drain = { resolve, reject };
    });
    setLocalDrain(() => this.thread.ask({ ask: "wake" }));
    this.thread.ask({ ask: "drain" });
    return result;
  }

  /** Ends the thread as a fault of its own would: another one replaces it. */
  kill(): Promise<void> {
    return this.thread.kill();
  }

  /**
   * Claims no more, finishes and records what is in flight. What is not finished in time waits until its lease
   * expires.
   */
  stop(withinMs: number): Promise<void> {
    return this.thread.stop((done) => {
      this.stopped = done;
      this.thread.ask({ ask: "stop", withinMs });
    });
  }

  private hear(message: FromThread): void {
    if (message.tell === "drained") this.settleDrain(({ resolve }) => resolve(message.result));
    else if (message.tell === "drainFailed") {
      const { error, code } = message;
      this.settleDrain(({ reject }) =>
        reject(code && error instanceof Error ? Object.assign(error, { code }) : error),
      );
    } else if (message.tell === "signal") passOn(message.signal);
    else if (message.tell === "signalOthers") signalOthers();
    else if (message.tell === "databaseFailed") noteDatabaseFailure(message.failure, log());
    else if (message.tell === "needsReceivers") {
      openReceivers().then(
        (port) => this.thread.ask({ ask: "sendSelfTestsTo", port }),
        () => this.thread.ask({ ask: "sendSelfTestsTo", port: null }),
      );
    } else this.stopped?.();
  }

  private settleDrain(settle: (drain: NonNullable<DeliveryThread["drain"]>) => void): void {
    const { drain } = this;
    if (!drain) return;
    this.drain = null;
    setLocalDrain(null);
    settle(drain);
  }
}
