import { database } from "@/db/connection/database";
import { nextDueInMs } from "@/db/queries/next-due-in-ms";
import { drainMsMax, idleWaitMsDefault, pollMs } from "../../core/delivery-limits";
import { log } from "../../platform/log";
import { setLocalDrain, signalDueAt } from "../../platform/signals";
import { type WorkerPool, workerPool } from "./worker-pool";

const holder = globalThis as { posthornDrain?: Drain };

/**
 * Delivers what is due, for at most 20 s. A drain that finds nothing waits idle for 2 s and looks every 50 ms. If one
 * is running in this process already, it is woken instead, and nothing is delivered here.
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

/** How many attempts end before their slots are refilled: most of a claim's cost does not depend on its size. */
const refillCount = 144;
/** How long fewer ended attempts wait for others. */
const refillMs = 8;
/** How long free slots without claimed deliveries wait, while others are served from those claimed ahead. */
const emptySlotMs = 24;

/**
 * The loop of one drain: send, record and claim concurrently, and wait until something changes. Deliveries claimed
 * ahead are sent while the next claim runs.
 */
class Drain {
  private endSleep: (() => void) | null = null;
  private refill: NodeJS.Timeout | null = null;
  /** Slots that became free since slots were last filled. */
  private finished = 0;
  /** Since when there are free slots for which nothing was claimed ahead. */
  private emptySince: number | null = null;
  private claiming: Promise<void> | null = null;
  /** Whether the last claim left anything that may be due. If not, a free slot is no reason to claim. */
  private moreMayBeDue = true;
  private busyAt = Date.now();
  woken = false;

  constructor(
    private readonly pool: WorkerPool,
    private readonly idleWaitMs: number,
  ) {}

  wake(): void {
    this.woken = true;
    if (!this.claiming) this.endSleep?.();
  }

  attemptFinished(): void {
    this.finished += 1;
    this.refillSoon();
  }

  private refillSoon(): void {
    if (!this.canRefill) return;
    if (this.mayRefill) this.endSleep?.();
    else this.refill ??= setTimeout(() => this.endSleep?.(), refillMs);
  }

  /** Whether there is anything for free slots, now or after a claim. */
  private get canRefill(): boolean {
    return this.finished > 0 && (this.pool.waitingCount > 0 || (this.moreMayBeDue && !this.claiming));
  }

  private get mayRefill(): boolean {
    return this.canRefill && (this.finished >= refillCount || this.pool.inFlightCount === 0);
  }

  async run(): Promise<void> {
    const end = Date.now() + drainMsMax;
    while (Date.now() < end && !this.pool.isStopping && this.hasReason()) {
      const { finished } = this;
      this.finished = 0;
      if (this.refill) clearTimeout(this.refill);
      this.refill = null;
      const sent = this.pool.sendWaiting();
      if (sent > 0) this.busyAt = Date.now();
      if (sent < finished) this.emptySince ??= Date.now();
      if (!this.claiming && this.mustClaim(sent)) this.claiming = this.claim();
      if (this.claiming && this.pool.waitingCount === 0) await this.claiming;
      if (!this.claiming && (this.woken || this.mayRefill)) continue;
      await this.sleep(pollMs);
    }
    await this.claiming;
    await this.pool.releaseWaiting();
    await this.pool.recorder.flush();
  }

  /** Whether something new is due, or what was claimed ahead does not fill the free slots, or soon will not. */
  private mustClaim(sent: number): boolean {
    if (this.woken || sent === 0) return true;
    if (!this.moreMayBeDue) return false;
    return this.pool.isLow() || (this.emptySince !== null && Date.now() - this.emptySince >= emptySlotMs);
  }

  private async claim(): Promise<void> {
    this.woken = false;
    this.emptySince = null;
    try {
      const { claimed, more } = await this.pool.claim();
      this.moreMayBeDue = more;
      if (claimed > 0) this.busyAt = Date.now();
    } catch (error) {
      log().error({ error }, "deliveries could not be claimed; trying again");
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    this.claiming = null;
    if (this.woken) this.endSleep?.();
    this.refillSoon();
    // After the claim, not during it: the database records while claimed deliveries are being sent.
    void this.pool.recorder.writeBatch();
  }

  /** Whether anything is under way, or was a moment ago. */
  private hasReason(): boolean {
    const { inFlightCount, waitingCount } = this.pool;
    if (inFlightCount + waitingCount > 0 || this.pool.recorder.isBusy) this.busyAt = Date.now();
    return Date.now() - this.busyAt < this.idleWaitMs;
  }

  /** Waits until the time is up, a signal comes, or slots have become free. */
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
