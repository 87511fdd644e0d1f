import type { Ahead, ClaimedDelivery } from "@/db/queries/claim-deliveries";
import { aheadCountMax, aheadMs, aheadMsMax } from "../../core/delivery-limits";

type Waiting = { delivery: ClaimedDelivery; sinceMs: number };

/** This process's deliveries of one endpoint. */
type SendQueue = {
  inFlight: number;
  /** How many may be in flight, by the last claim. */
  concurrency: number;
  waiting: Waiting[];
  /** The start of the time window in which successes are counted; the successes in it, and in the one before. */
  windowAtMs: number;
  succeeded: number;
  succeededBefore: number;
};

/**
 * Claimed deliveries by endpoint: in flight, or waiting for others of their endpoint to end. Most of a claim's cost
 * does not depend on its size, so more is claimed than an endpoint takes at a time: as many as it took in the last
 * 200 ms. After a failure, nothing is claimed ahead for the endpoint.
 */
export class SendQueues {
  private readonly queues = new Map<string, SendQueue>();
  private waiting = 0;
  private waitingBytes = 0;

  /** Deliveries that wait. */
  get waitingCount(): number {
    return this.waiting;
  }

  /** Characters of their bodies. */
  get waitingBodies(): number {
    return this.waitingBytes;
  }

  /**
   * Adds claimed deliveries.
   *
   * @param sockets how many may be sent now; what was claimed ahead waits for more
   * @returns those to be sent now
   */
  add(claimed: ClaimedDelivery[], nowMs: number, sockets: number): ClaimedDelivery[] {
    const due: ClaimedDelivery[] = [];
    const renewed = new Set<SendQueue>();
    for (const delivery of claimed) {
      const queue = this.queueOf(delivery.endpointId, nowMs);
      if (delivery.concurrency !== null) queue.concurrency = Math.max(1, delivery.concurrency);
      if (queue.waiting.length > 0 && !renewed.has(queue))
        for (const one of queue.waiting) renew(one.delivery, delivery);
      renewed.add(queue);
      // Probes and attempts requested by people do not take turns.
      const inTurn = delivery.trigger === "automatic" || delivery.trigger === "replay";
      const mayStart = queue.inFlight < queue.concurrency && queue.waiting.length === 0;
      if (!inTurn || (mayStart && due.length < sockets)) {
        queue.inFlight += 1;
        due.push(delivery);
      } else {
        queue.waiting.push({ delivery, sinceMs: nowMs });
        this.count(delivery, 1);
      }
    }
    return due;
  }

  /**
   * An attempt has ended.
   *
   * @returns deliveries to give back: after a failure all that wait for the endpoint
   */
  ended(endpointId: string, succeeded: boolean, nowMs: number): ClaimedDelivery[] {
    const queue = this.queueOf(endpointId, nowMs);
    queue.inFlight -= 1;
    turnWindow(queue, nowMs);
    if (succeeded) {
      queue.succeeded += 1;
      return [];
    }
    queue.succeeded = 0;
    queue.succeededBefore = 0;
    return this.empty(queue);
  }

  /** Removes deliveries to be sent now, in place of ended ones: at most so many. */
  takeDue(countMax: number): ClaimedDelivery[] {
    const due: ClaimedDelivery[] = [];
    if (this.waiting === 0) return due;
    for (const queue of this.queues.values()) {
      const free = Math.min(queue.concurrency - queue.inFlight, countMax - due.length);
      const count = Math.min(queue.waiting.length, free);
      if (count <= 0) continue;
      for (const { delivery } of queue.waiting.splice(0, count)) {
        this.count(delivery, -1);
        due.push(delivery);
      }
      queue.inFlight += count;
    }
    return due;
  }

  /**
   * How many may be claimed ahead: `slots` for all endpoints together besides what waits, and for each endpoint with
   * waiting deliveries or recent successes `count` beyond its concurrency. `isLow`: less than half of what may wait
   * does.
   */
  ahead(nowMs: number): { slots: number; isLow: boolean; endpoints: Ahead[] } {
    const endpoints: Ahead[] = [];
    let all = 0;
    for (const [endpointId, queue] of this.queues) {
      turnWindow(queue, nowMs);
      const count = queue.succeededBefore;
      if (count > 0 || queue.waiting.length > 0) endpoints.push({ endpointId, count });
      else if (queue.inFlight === 0 && queue.succeeded === 0) this.queues.delete(endpointId);
      all += count;
    }
    const share = Math.min(1, aheadCountMax / Math.max(1, all));
    for (const endpoint of endpoints) endpoint.count = Math.floor(endpoint.count * share);
    const target = Math.floor(all * share);
    return { slots: Math.max(0, target - this.waiting), isLow: this.waiting < target / 2, endpoints };
  }

  /** Removes deliveries that have waited too long, and all of `endpointIds`. They must be given back. */
  takeBack(nowMs: number, endpointIds: string[] = []): ClaimedDelivery[] {
    const back: ClaimedDelivery[] = [];
    if (this.waiting === 0) return back;
    for (const [endpointId, queue] of this.queues) {
      const [first] = queue.waiting;
      if (first && (nowMs - first.sinceMs > aheadMsMax || endpointIds.includes(endpointId)))
        back.push(...this.empty(queue));
    }
    return back;
  }

  /** Removes all waiting deliveries. */
  takeAllBack(): ClaimedDelivery[] {
    return this.waiting === 0 ? [] : [...this.queues.values()].flatMap((queue) => this.empty(queue));
  }

  private empty(queue: SendQueue): ClaimedDelivery[] {
    const back = queue.waiting.map(({ delivery }) => delivery);
    for (const delivery of back) this.count(delivery, -1);
    queue.waiting = [];
    return back;
  }

  private count({ body }: ClaimedDelivery, by: 1 | -1): void {
    this.waiting += by;
    this.waitingBytes += by * body.length;
  }

  private queueOf(endpointId: string, nowMs: number): SendQueue {
    const known = this.queues.get(endpointId);
    if (known) return known;
    const queue: SendQueue = {
      inFlight: 0,
      concurrency: 1,
      waiting: [],
      windowAtMs: nowMs,
      succeeded: 0,
      succeededBefore: 0,
    };
    this.queues.set(endpointId, queue);
    return queue;
  }
}

function turnWindow(queue: SendQueue, nowMs: number): void {
  const elapsedMs = nowMs - queue.windowAtMs;
  if (elapsedMs < aheadMs) return;
  queue.succeededBefore = elapsedMs < 2 * aheadMs ? queue.succeeded : 0;
  queue.succeeded = 0;
  queue.windowAtMs = nowMs;
}

/** Waiting deliveries are sent to their endpoint's present URL and signed with its present secrets. */
function renew(waiting: ClaimedDelivery, { url, headers, secrets, retryPolicy }: ClaimedDelivery): void {
  Object.assign(waiting, { url, headers, secrets, retryPolicy });
}
