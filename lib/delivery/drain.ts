import { nextDue } from "@/db/queries/next-due";
import { database } from "../database";
import { log } from "../log";
import { setLocalDrain, signalDueAt } from "../signals";
import { drainMsMax, lingerMsDefault, pollMs } from "./constants";
import { type WorkerPool, workerPool } from "./worker-pool";

const holder = globalThis as { posthornDrain?: Drain };

/**
 * Delivers what is due, for 20 s at most; a drain that finds nothing lingers for 2 s, looking each 50 ms. If one runs
 * in this process already, it is poked instead, and nothing is delivered here.
 *
 * @returns how many attempts were made, and whether anything is still due
 */
export async function drainDue({
  lingerMs = lingerMsDefault,
}: {
  lingerMs?: number;
} = {}): Promise<{ delivered: number; more: boolean }> {
  if (holder.posthornDrain) {
    holder.posthornDrain.poke();
    return { delivered: 0, more: false };
  }
  const pool = workerPool();
  const drain = new Drain(pool, lingerMs);
  const before = pool.finished;
  holder.posthornDrain = drain;
  setLocalDrain(() => drain.poke());
  pool.onFinished = () => drain.attemptFinished();
  try {
    await drain.run();
  } finally {
    setLocalDrain(null);
    pool.onFinished = () => undefined;
    delete holder.posthornDrain;
  }
  const delivered = pool.finished - before;
  return { delivered, more: !pool.isStopping && (await moreIsDue(drain.poked)) };
}

async function moreIsDue(poked: boolean): Promise<boolean> {
  const at = await nextDue(database().sql);
  if (at === null) return poked;
  if (at <= Date.now()) return true;
  signalDueAt(new Date(at));
  return poked;
}

/** How many attempts end before their results are recorded and their slots claimed again. */
const refillCount = 32;
/** How long fewer than that wait for others. */
const refillMs = 10;

/** The loop of one drain: record, claim, wait until something changed. */
class Drain {
  private wake: (() => void) | null = null;
  private refill: NodeJS.Timeout | null = null;
  private finishedSinceClaim = 0;
  poked = false;

  constructor(
    private readonly pool: WorkerPool,
    private readonly lingerMs: number,
  ) {}

  poke(): void {
    this.poked = true;
    this.wake?.();
  }

  attemptFinished(): void {
    this.finishedSinceClaim += 1;
    if (this.finishedSinceClaim >= refillCount || this.pool.inFlightCount === 0) this.wake?.();
    else this.refill ??= setTimeout(() => this.wake?.(), refillMs);
  }

  async run(): Promise<void> {
    const end = Date.now() + drainMsMax;
    let idleSince = Date.now();
    while (Date.now() < end && Date.now() - idleSince < this.lingerMs && !this.pool.isStopping) {
      this.poked = false;
      this.finishedSinceClaim = 0;
      if (this.refill) clearTimeout(this.refill);
      this.refill = null;
      let claimed = 0;
      try {
        // Slots are free when their results are recorded.
        if (this.pool.recorder.waitingCount > 0) await this.pool.recorder.flush();
        claimed = await this.pool.claim();
      } catch (error) {
        log().error({ error }, "deliveries could not be claimed; trying again");
        await this.sleep(1_000);
      }
      if (claimed > 0 || this.pool.inFlightCount > 0) idleSince = Date.now();
      if (!this.poked && this.finishedSinceClaim < refillCount) await this.sleep(pollMs);
    }
  }

  /** Until the time is over, a signal comes, or attempts have ended whose slots can be filled again. */
  private sleep(ms: number): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    }).then(() => {
      this.wake = null;
    });
  }
}
