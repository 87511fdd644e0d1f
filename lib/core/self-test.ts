export const selfTestStatuses = ["queued", "running", "finished", "failed", "canceled"] as const;

/**
 * What a self-test does, in this order: many deliveries at once; a steady rate; the same while the thread that delivers is
 * killed; the same while connections to the database are ended; waiting for the last; removing what it wrote.
 */
export const selfTestPhases = ["burst", "steady", "kills", "reconnects", "settling", "clearing"] as const;
export type SelfTestPhase = (typeof selfTestPhases)[number];

export type SelfTestResult = {
  /** Deliveries of events that were answered 202. */
  accepted: number;
  /** Of those, how many never came to the receiver, and how many came more than once. */
  lost: number;
  twice: number;
  /** At a steady rate, in milliseconds: until the answer to a publish, and from there until the receiver had it. */
  publishP99Ms: number;
  receiptP99Ms: number;
  /** In the burst, from the first publish until the last was recorded. */
  deliveriesPerSecond: number;
  /** What was done to it. */
  kills: number;
  connectionsEnded: number;
  /** What a delivery takes on the disk, with its event and attempt. */
  bytesPerDelivery: number;
  /** Of the disk with the database; `null` if that is on another machine. */
  freeBytes: number | null;
};

/** A running test that has not been heard of for so long ended with its process. */
export const selfTestSilentSeconds = 30;
