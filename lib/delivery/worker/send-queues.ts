import type { Ahead, ClaimedDelivery } from "@/db/queries/claim-deliveries";
import { aheadCountMax, aheadMs, aheadMsMax } from "../../core/delivery-limits";

type Waiting = { delivery: ClaimedDelivery; sinceMs: number };

/** What this process has of one endpoint. */
type SendQueue = {
  inFlight: number;
  /** How many may be in flight, as the last claim said. */
  concurrency: number;
  waiting: Waiting[];
  /** When the window of time began in which successes are counted; those in it, and in the one before. */
  windowAtMs: number;
  succeeded: number;
  succeededBefore: number;
};

/**
 * What was claimed, by endpoint: in flight, or waiting for others of its endpoint to end. A claim costs most of what it does
 * whatever it takes, so more is claimed than an endpoint takes at a time: as many as it has just taken within 200 ms.
 * One that fails, even once, is claimed for as it is sent.
 */
export class SendQueues {
  private readonly queues = new Map<string, SendQueue>();
  private waiting = 0;
  private waitingBytes = 0;

  /** Deliveries that wait. */
  get waitingCount(): number {
    return this.waiting;
  }

  /** Characters of the bodies of those that wait. */
  get waitingBodies(): number {
    return this.waitingBytes;
  }

  /**
   * Takes what was claimed.
   *
   * @returns what is to be sent now
   */
  add(claimed: ClaimedDelivery[], nowMs: number): ClaimedDelivery[] {
    const due: ClaimedDelivery[] = [];
    const renewed = new Set<SendQueue>();
    for (const delivery of claimed) {
      const queue = this.queueOf(delivery.endpointId, nowMs);
      if (delivery.concurrency !== null) queue.concurrency = Math.max(1, delivery.concurrency);
      if (queue.waiting.length > 0 && !renewed.has(queue))
        for (const one of queue.waiting) renew(one.delivery, delivery);
      renewed.add(queue);
      // A probe and what a person asked for take no turn.
      const inTurn = delivery.trigger === "automatic" || delivery.trigger === "replay";
      if (!inTurn || (queue.inFlight < queue.concurrency && queue.waiting.length === 0)) {
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
   * @returns what is to be given back: after a failure all that waits for the endpoint
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

  /** Takes out what is to be sent now, in place of what has ended: so many at most. */
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
   * What may be claimed ahead: `slots` of all together beside what waits, and of each endpoint that has anything waiting,
   * or may, as many as `count` says beyond its concurrency. `isLow`: less waits than half of what may.
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

  /** Takes out what has waited for too long; of `endpointIds`, what waits at all. It is to be given back. */
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

  /** Takes out all that waits. */
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

/** What waits goes to where its endpoint is now, signed with what it has now. */
function renew(waiting: ClaimedDelivery, { url, headers, secrets, retryPolicy }: ClaimedDelivery): void {
  Object.assign(waiting, { url, headers, secrets, retryPolicy });
}
