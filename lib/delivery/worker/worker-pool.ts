import { database } from "@/db/connection/database";
import { type ClaimedDelivery, claimDeliveries } from "@/db/queries/claim-deliveries";
import { releaseLeases } from "@/db/queries/release-leases";
import { claimBytesMax, claimCountMax, leaseLeftSecondsMin, leaseSeconds } from "../../core/delivery-limits";
import { settings } from "../../platform/env";
import { log } from "../../platform/log";
import { signalOthers } from "../../platform/signals";
import { metrics } from "../../telemetry/metrics";
import { attempt } from "../attempt";
import type { LeaseOwner } from "./lease-owner";
import { Recorder } from "./recorder";

/**
 * The deliveries this process is sending. A pool, not batches: each has its own socket, and a slow endpoint occupies
 * its own slots and nobody else's.
 */
export class WorkerPool {
  readonly recorder = new Recorder();
  private inFlight = new Set<Promise<void>>();
  private stopping = false;
  /** Whose leases it takes; without one, nothing but time ends them. */
  leaseOwner: LeaseOwner | null = null;
  /** Called whenever an attempt has ended. */
  onFinished: () => void = () => undefined;
  /** Attempts made since the process began. */
  finished = 0;

  get isStopping(): boolean {
    return this.stopping;
  }

  get freeSockets(): number {
    return this.stopping || this.recorder.isFull ? 0 : settings().concurrency - this.inFlight.size;
  }

  get inFlightCount(): number {
    return this.inFlight.size;
  }

  /**
   * Claims up to the free sockets and starts sending.
   *
   * @returns how many were claimed, and whether more may be due already
   */
  async claim(): Promise<{ claimed: number; more: boolean }> {
    const slots = Math.min(this.freeSockets, claimCountMax);
    if (slots <= 0) return { claimed: 0, more: true };
    await this.leaseOwner?.begin();
    const startedAt = performance.now();
    const { deliveries, more } = await claimDeliveries(database().engine, {
      slots,
      bytes: claimBytesMax,
      leaseSeconds,
      owner: this.leaseOwner?.id,
      finished: this.recorder.unrecorded(),
    });
    const seconds = (performance.now() - startedAt) / 1_000;
    metrics()?.delivery.claimed({ deliveries: deliveries.length, seconds });
    const leaseLeftSeconds = leaseSeconds - seconds;
    if (this.stopping || leaseLeftSeconds < leaseLeftSecondsMin) {
      await releaseLeases(database().engine, deliveries);
      return { claimed: 0, more: true };
    }
    for (const delivery of deliveries) this.start(delivery);
    if (more && deliveries.length >= slots && this.leaseOwner?.hasOthers) signalOthers();
    return { claimed: deliveries.length, more };
  }

  private start(delivery: ClaimedDelivery): void {
    const work = this.run(delivery).finally(() => {
      this.inFlight.delete(work);
      this.finished += 1;
      this.onFinished();
    });
    this.inFlight.add(work);
  }

  private async run(delivery: ClaimedDelivery): Promise<void> {
    try {
      this.recorder.add(await attempt(delivery));
    } catch (error) {
      // The database's trouble: its lease lapses, and it is tried again. Nothing about the webhook is known.
      log().error(
        { error, delivery: delivery.id },
        "a delivery could not be prepared because the database failed",
      );
    }
  }

  /** Claims no more, waits for what is in flight, writes the results. What isn't done in time lapses with its lease. */
  async stop(withinMs: number): Promise<void> {
    this.stopping = true;
    const end = Date.now() + withinMs;
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      Promise.allSettled(this.inFlight),
      new Promise((resolve) => {
        timer = setTimeout(resolve, Math.max(0, withinMs - 2_000));
      }),
    ]);
    clearTimeout(timer);
    await this.recorder.close(Math.max(500, end - Date.now()));
  }
}

const holder = globalThis as { posthornPool?: WorkerPool };

/** The process's pool. */
export function workerPool(): WorkerPool {
  holder.posthornPool ??= new WorkerPool();
  return holder.posthornPool;
}
