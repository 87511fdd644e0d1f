import { database } from "@/db/connection/database";
import { type ClaimedDelivery, claimDeliveries } from "@/db/queries/claim-deliveries";
import { releaseLeases } from "@/db/queries/release-leases";
import { claimBytesMax, claimCountMax, leaseLeftSecondsMin, leaseSeconds } from "../../core/delivery-limits";
import { isSuccess } from "../../core/http-statuses";
import { settings } from "../../platform/env";
import { log } from "../../platform/log";
import { signalOthers } from "../../platform/signals";
import { metrics } from "../../telemetry/metrics";
import { attempt } from "../attempt";
import type { LeaseOwner } from "./lease-owner";
import { Recorder } from "./recorder";
import { SendQueues } from "./send-queues";

/** The share of sockets that must be free for claims ahead: otherwise they would take sockets that others wait for. */
const freeShareMin = 0.1;

/**
 * The deliveries that this process is sending. It is a pool without batches: each delivery has its own socket, and a
 * slow endpoint occupies only its own slots.
 */
export class WorkerPool {
  readonly recorder = new Recorder();
  private readonly queues = new SendQueues();
  private inFlight = new Set<Promise<void>>();
  private stopping = false;
  /** The fewest free sockets since the last claim. */
  private freeSocketsMin = Number.POSITIVE_INFINITY;
  /** The owner of its leases; without one, leases end only by time. */
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

  /** Deliveries that were claimed ahead and wait for others of their endpoint to end. */
  get waitingCount(): number {
    return this.queues.waitingCount;
  }

  /** Whether so few wait that it is time to claim, before slots are free. */
  isLow(): boolean {
    return this.ahead().isLow;
  }

  /** What may be claimed ahead: nothing if other processes could take it, or if sockets are scarce. */
  private ahead(): ReturnType<SendQueues["ahead"]> {
    const ahead = this.queues.ahead(performance.now());
    const isScarce = Math.min(this.freeSockets, this.freeSocketsMin) < freeShareMin * settings().concurrency;
    if (!isScarce && !this.leaseOwner?.hasOthers) return ahead;
    return { slots: 0, isLow: false, endpoints: ahead.endpoints.map((one) => ({ ...one, count: 0 })) };
  }

  /**
   * Claims deliveries for the free sockets, and ahead what can be sent in a moment, and starts sending.
   *
   * @returns how many were claimed, and whether more may be due already
   */
  async claim(): Promise<{ claimed: number; more: boolean }> {
    const slots = Math.min(this.freeSockets, claimCountMax);
    if (slots <= 0) return { claimed: 0, more: true };
    await this.leaseOwner?.begin();
    const startedAt = performance.now();
    const { deliveries, more, closed } = await claimDeliveries(database().engine, {
      slots,
      bytes: Math.max(1, claimBytesMax - this.queues.waitingBodies),
      leaseSeconds,
      owner: this.leaseOwner?.id,
      finished: this.recorder.unrecorded(),
      ahead: this.ahead(),
    });
    this.freeSocketsMin = Number.POSITIVE_INFINITY;
    const seconds = (performance.now() - startedAt) / 1_000;
    metrics()?.delivery.claimed({ deliveries: deliveries.length, seconds });
    const leaseLeftSeconds = leaseSeconds - seconds;
    if (this.stopping || leaseLeftSeconds < leaseLeftSecondsMin) {
      await this.recorder.between(() => releaseLeases(database().engine, deliveries));
      return { claimed: 0, more: true };
    }
    const due = this.queues.add(deliveries, performance.now(), this.freeSockets);
    for (const delivery of due) this.start(delivery);
    void this.release(this.queues.takeBack(performance.now(), closed));
    this.sendWaiting();
    if (more && this.freeSockets <= 0 && this.leaseOwner?.hasOthers) signalOthers();
    return { claimed: deliveries.length, more };
  }

  /**
   * Sends waiting deliveries that may be sent now, and gives back those that have waited too long.
   *
   * @returns how many were sent
   */
  sendWaiting(): number {
    void this.release(this.queues.takeBack(performance.now()));
    const due = this.queues.takeDue(this.freeSockets);
    for (const delivery of due) this.start(delivery);
    return due.length;
  }

  /** Gives back waiting deliveries, for the next claim. */
  async releaseWaiting(): Promise<void> {
    await this.release(this.queues.takeAllBack());
  }

  /** Never throws: what it cannot give back waits until its lease expires. */
  private async release(deliveries: ClaimedDelivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    try {
      await this.recorder.between(() => releaseLeases(database().engine, deliveries));
    } catch (error) {
      log().error({ error, deliveries: deliveries.length }, "deliveries could not be given back");
    }
  }

  private start(delivery: ClaimedDelivery): void {
    const work = this.run(delivery).then((succeeded) => {
      this.inFlight.delete(work);
      this.finished += 1;
      void this.release(this.queues.ended(delivery.endpointId, succeeded, performance.now()));
      this.onFinished();
    });
    this.inFlight.add(work);
    this.freeSocketsMin = Math.min(this.freeSocketsMin, settings().concurrency - this.inFlight.size);
  }

  /** @returns whether the endpoint accepted it */
  private async run(delivery: ClaimedDelivery): Promise<boolean> {
    try {
      const record = await attempt(delivery);
      this.recorder.add(record);
      return isSuccess(record.httpStatus);
    } catch (error) {
      // A database problem: its lease expires, and it is tried again. It says nothing about the webhook.
      log().error(
        { error, delivery: delivery.id },
        "a delivery could not be prepared because the database failed",
      );
      return false;
    }
  }

  /**
   * Claims no more, waits for what is in flight, and records the results. What is not finished in time waits until
   * its lease expires.
   */
  async stop(withinMs: number): Promise<void> {
    this.stopping = true;
    const end = Date.now() + withinMs;
    const released = this.releaseWaiting();
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      Promise.allSettled([released, ...this.inFlight]),
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
