import { database } from "@/db/connection/database";
import { nextReplayInMs } from "@/db/queries/replays";
import { idleWaitMsMax, runMsMax } from "../core/replays";
import { signalDue, signalReplays } from "../platform/signals";
import { runChunk } from "./run-chunk";

const holder = globalThis as { posthornReplayRun?: ReplayRun };

/** How long a run waits while others work on all jobs that are due. */
const othersWorkMs = 100;

/**
 * Works on the jobs that replay or discard, a chunk of each in turn, for 20 s at most, and ends if none goes on
 * within a moment; signals if one is to go on at once. A job is locked for each of its chunks, so several processes may
 * do so at once. If a run is under way in this process, it is woken instead.
 *
 * @returns how many deliveries were dealt with, and whether a job is to go on at once
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

/** Ends the run of this process after its chunk: another process, or the next start, goes on. */
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
