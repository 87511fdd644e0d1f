import { database } from "@/db/connection/database";
import { nextDueInMs } from "@/db/queries/next-due-in-ms";
import { drainMsMax, idleWaitMsDefault, pollMs } from "../../core/delivery-limits";
import { log } from "../../platform/log";
import { setLocalDrain, signalDueAt } from "../../platform/signals";
import { type WorkerPool, workerPool } from "./worker-pool";

const holder = globalThis as { posthornDrain?: Drain };

/**
 * Delivers what is due, for 20 s at most; a drain that finds nothing waits idle for 2 s, looking each 50 ms. If one runs
 * in this process already, it is woken instead, and nothing is delivered here.
 *
 * @returns how many attempts were made, and whether anything is still due
 */
export async function drainDue({
  idleWaitMs = idleWaitMsDefault,
}: {
  idleWaitMs?: number;
} = {}): Promise<{ delivered: number; more: boolean }> {
  if (holder.posthornDrain) {
    holder.posthornDrain.wake();
    return { delivered: 0, more: false };
  }
  const pool = workerPool();
  const drain = new Drain(pool, idleWaitMs);
  const before = pool.finished;
  holder.posthornDrain = drain;
  setLocalDrain(() => drain.wake());
  pool.onFinished = () => drain.attemptFinished();
  try {
    await drain.run();
  } finally {
    setLocalDrain(null);
    pool.onFinished = () => undefined;
    delete holder.posthornDrain;
  }
  const delivered = pool.finished - before;
  return { delivered, more: !pool.isStopping && (await moreIsDue(drain.woken)) };
}

async function moreIsDue(woken: boolean): Promise<boolean> {
  const inMs = await nextDueInMs(database().engine);
  if (inMs === null) return woken;
  if (inMs <= 0) return true;
  signalDueAt(new Date(Date.now() + inMs));
  return woken;
}

/** How many attempts end before their slots are claimed again: most of what a claim costs, it costs whatever it takes. */
const refillCount = 144;
/** How long fewer than that wait for others, from the end of the last claim on. */
const refillMs = 8;

/** The loop of one drain: record and claim, side by side; wait until something changed. */
class Drain {
  private endSleep: (() => void) | null = null;
  private refill: NodeJS.Timeout | null = null;
  private finishedSinceClaim = 0;
  private claiming = false;
  /** Whether the last claim left anything that may be due. If it did not, a slot that becomes free is no reason to claim. */
  private moreMayBeDue = true;
  private busyAt = Date.now();
  woken = false;

  constructor(
    private readonly pool: WorkerPool,
    private readonly idleWaitMs: number,
  ) {}

  wake(): void {
    this.woken = true;
    this.endSleep?.();
  }

  attemptFinished(): void {
    this.finishedSinceClaim += 1;
    if (!this.claiming) this.refillSoon();
  }

  private refillSoon(): void {
    if (!this.moreMayBeDue || this.finishedSinceClaim === 0) return;
    if (this.mayRefill) this.endSleep?.();
    else this.refill ??= setTimeout(() => this.endSleep?.(), refillMs);
  }

  private get mayRefill(): boolean {
    const { finishedSinceClaim, moreMayBeDue } = this;
    if (!moreMayBeDue) return false;
    return finishedSinceClaim >= refillCount || (finishedSinceClaim > 0 && this.pool.inFlightCount === 0);
  }

  async run(): Promise<void> {
    const end = Date.now() + drainMsMax;
    while (Date.now() < end && !this.pool.isStopping && this.hasReason()) {
      this.woken = false;
      this.finishedSinceClaim = 0;
      if (this.refill) clearTimeout(this.refill);
      this.refill = null;
      let claimed = 0;
      this.claiming = true;
      try {
        ({ claimed, more: this.moreMayBeDue } = await this.pool.claim());
      } catch (error) {
        log().error({ error }, "deliveries could not be claimed; trying again");
        await this.sleep(1_000);
      }
      this.claiming = false;
      this.refillSoon();
      // After the claim, not beside it: the database records while what was claimed is being sent.
      void this.pool.recorder.writeBatch();
      if (claimed > 0) this.busyAt = Date.now();
      if (!this.woken && !this.mayRefill) await this.sleep(pollMs);
    }
    await this.pool.recorder.flush();
  }

  /** Whether anything is under way, or was a moment ago. */
  private hasReason(): boolean {
    if (this.pool.inFlightCount > 0 || this.pool.recorder.isBusy) this.busyAt = Date.now();
    return Date.now() - this.busyAt < this.idleWaitMs;
  }

  /** Until the time is over, a signal comes, or slots have become free. */
  private sleep(ms: number): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.endSleep = () => {
        clearTimeout(timer);
        resolve();
      };
    }).then(() => {
      this.endSleep = null;
    });
  }
}
