import { setTimeout as sleep } from "node:timers/promises";
import { drainOverdue } from "@/lib/delivery/worker/drain-overdue";
import { sweep } from "@/lib/maintenance/sweep";
import { log } from "@/lib/platform/log";
import { engineState } from "@/lib/platform/signals";
import { registerWithServer } from "./register-with-server";

/** All in milliseconds. */
export type WatchTimes = {
  /** Between two looks, and between those while the functions are not registered. */
  lookEachMs: number;
  lookEachMsUnregistered: number;
  /** What has been due for longer had no signal that arrived. */
  overdueMs: number;
  /** Without a sweep for longer, the server's cron is taken for forgotten. */
  sweepAfterMs: number;
};

/** So a lost signal costs 20 s at most, and a server that forgot the functions knows them again after 100 s at most. */
const defaultTimes: WatchTimes = {
  lookEachMs: 10_000,
  lookEachMsUnregistered: 2_000,
  overdueMs: 10_000,
  sweepAfterMs: 90_000,
};

export type Watch = {
  /** The app's own route for the server. */
  serveUrl: string;
  /** Called each time the functions were registered: earlier signals may have been lost. */
  onRegistered: () => void;
  signal: AbortSignal;
  times?: WatchTimes;
};

/**
 * Registers the functions with an Inngest server, and from then on makes good what the server loses. Killed, a
 * self-hosted one loses its events and timers and, with its disk, the functions and their crons, and then accepts
 * events as before. So what is late is delivered here, a sweep that did not come runs here, and either is the reason
 * to register again, which changes nothing if the server still knows the functions (another process may have had
 * the sweep). While the server is away, what is due is delivered here without waiting.
 */
export async function watchServer(watch: Watch): Promise<void> {
  await new ServerWatch(watch, watch.times ?? defaultTimes).run();
}

class ServerWatch {
  private registration: Promise<void> | null = null;
  private sweptAt = Date.now();

  constructor(
    private readonly watch: Watch,
    private readonly times: WatchTimes,
  ) {}

  async run(): Promise<void> {
    this.register();
    while (await this.pause()) {
      try {
        await this.sweepIfNoneCame();
        while (await this.drainWhatIsLate());
      } catch (error) {
        log().error({ error }, "could not look for what Inngest forgot; trying again");
      }
    }
    await this.registration;
  }

  private register(): void {
    const { serveUrl, signal, onRegistered } = this.watch;
    this.registration ??= registerWithServer(serveUrl, signal).then(() => {
      this.registration = null;
      if (!signal.aborted) onRegistered();
    });
  }

  private async sweepIfNoneCame(): Promise<void> {
    this.sweptAt = Math.max(this.sweptAt, engineState().lastSweepAt?.getTime() ?? 0);
    if (Date.now() - this.sweptAt < this.times.sweepAfterMs) return;
    this.register();
    await sweep();
  }

  /** @returns whether to go on at once: more is due, and there is no server to say so */
  private async drainWhatIsLate(): Promise<boolean> {
    const late = await drainOverdue({ overdueMs: this.registration ? 0 : this.times.overdueMs });
    if (!late?.delivered) return false;
    // While the server is away, the registration says so.
    if (!this.registration) log().warn(late, "Inngest forgot a signal: what was late was sent without it");
    this.register();
    return late.more && !this.watch.signal.aborted && Date.now() - this.sweptAt < this.times.sweepAfterMs;
  }

  /** @returns false when it was aborted */
  private async pause(): Promise<boolean> {
    const { signal } = this.watch;
    const ms = this.registration ? this.times.lookEachMsUnregistered : this.times.lookEachMs;
    await sleep(ms, undefined, { signal, ref: false }).catch(() => {});
    return !signal.aborted;
  }
}
