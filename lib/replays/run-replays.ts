import { database } from "@/db/connection/database";
import { nextReplayInMs } from "@/db/queries/replays";
import { idleWaitMsMax, runMsMax } from "../core/replays";
import { signalDue, signalReplays } from "../platform/signals";
import { runChunk } from "./run-chunk";

const holder = globalThis as { posthornReplayRun?: ReplayRun };

/** How long a run waits while others work on all due jobs. */
const othersWorkMs = 100;

/**
 * Works on the jobs that replay or discard, one chunk of each in turn, for at most 20 s. It ends if none may continue
 * soon, and signals if one may continue at once. A job is locked for each of its chunks, so several processes may run
 * at once. If a run is under way in this process, it is woken instead.
 *
 * @returns how many deliveries were handled, and whether a job may continue at once
 */
export async function runReplays({ maxMs = runMsMax }: { maxMs?: number } = {}): Promise<{
  handled: number;
  more: boolean;
}> {
  if (holder.posthornReplayRun) {
    holder.posthornReplayRun.wake();
    return { handled: 0, more: false };
  }
  const run = new ReplayRun();
  holder.posthornReplayRun = run;
  const result = await run.work(Date.now() + maxMs).finally(() => delete holder.posthornReplayRun);
  if (result.more) signalReplays();
  return result;
}

/** Ends this process's run after its chunk. Another process, or the next start, continues. */
export async function stopReplays(): Promise<void> {
  await holder.posthornReplayRun?.stop();
}

class ReplayRun {
  private stopping = false;
  private woken = false;
  private wakeUp: () => void = () => undefined;
  private readonly ended: Promise<void>;
  private end: () => void = () => undefined;

  constructor() {
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  wake(): void {
    this.woken = true;
    this.wakeUp();
  }

  stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    return this.ended;
  }

  async work(until: number): Promise<{ handled: number; more: boolean }> {
    const { db } = database();
    let handled = 0;
    try {
      while (!this.stopping) {
        this.woken = false;
        const chunk = await runChunk(db);
        if (chunk?.queued) signalDue();
        handled += chunk?.handled ?? 0;
        const waitMs = chunk ? 0 : await nextReplayInMs(db);
        if (!this.woken && (waitMs === null || waitMs > idleWaitMsMax)) return { handled, more: false };
        if (Date.now() >= until) return { handled, more: true };
        if (!chunk) await this.sleep(Math.min(waitMs || othersWorkMs, until - Date.now()));
      }
      return { handled, more: false };
    } finally {
      this.end();
    }
  }

  private async sleep(ms: number): Promise<void> {
    if (this.woken) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wakeUp = () => undefined;
  }
}
