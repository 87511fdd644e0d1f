import { Counter, type Registry } from "prom-client";
import type { AttemptError, AttemptTrigger, StoredDeliveryStatus } from "../core/deliveries";
import { isSuccess } from "../core/http-statuses";
import { timeOfId } from "../core/time-of-id.mjs";
import { PlainHistogram } from "./plain-histogram";

/** The data of an attempt that is counted once it is recorded. */
export type RecordedAttempt = {
  /** A UUIDv7: it tells when the event was published. */
  deliveryId: string;
  number: number;
  trigger: AttemptTrigger;
  /** RFC 3339. */
  startedAt: string;
  durationMs: number;
  httpStatus: number | null;
  error: AttemptError | null;
  status: StoredDeliveryStatus | null;
};

const attemptBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];
/** From some milliseconds to the first attempt, to as long as retries take until a success. */
const sincePublishBuckets = [
  0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3_600, 21_600, 86_400,
];
const statementBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
const countBuckets = [0, 1, 4, 16, 64, 128, 192, 256];

/** What the delivery thread counts: claims, attempts and records, with one call per batch of them. */
export class DeliveryInstruments {
  private readonly attempts: Counter<"outcome" | "cause" | "trigger">;
  private readonly ended: Counter<"status">;
  private readonly attemptDuration: PlainHistogram;
  private readonly toFirstAttempt: PlainHistogram;
  private readonly toSuccess: PlainHistogram;
  private readonly claimDuration: PlainHistogram;
  private readonly claimDeliveries: PlainHistogram;
  private readonly recordDuration: PlainHistogram;
  private readonly recordAttempts: PlainHistogram;

  constructor(registers: Registry[]) {
    this.attempts = new Counter({
      name: "posthorn_attempts_total",
      help: "Recorded attempts, by outcome, cause (the class of the response status, or the error) and trigger.",
      labelNames: ["outcome", "cause", "trigger"],
      registers,
    });
    this.ended = new Counter({
      name: "posthorn_deliveries_ended_total",
      help: "Attempts that ended a delivery, by whether it succeeded or failed.",
      labelNames: ["status"],
      registers,
    });
    this.attemptDuration = new PlainHistogram({
      name: "posthorn_attempt_duration_seconds",
      help: "From sending a request to the end of its response, or to the error.",
      buckets: attemptBuckets,
      registers,
    });
    this.toFirstAttempt = new PlainHistogram({
      name: "posthorn_publish_to_first_attempt_seconds",
      help: "From publishing an event to the start of its delivery's first attempt, without replays and retries by hand.",
      buckets: sincePublishBuckets,
      registers,
    });
    this.toSuccess = new PlainHistogram({
      name: "posthorn_publish_to_success_seconds",
      help: "From publishing an event to the success of its delivery, including automatic retries, without replays and retries by hand.",
      buckets: sincePublishBuckets,
      registers,
    });
    this.claimDuration = new PlainHistogram({
      name: "posthorn_claim_duration_seconds",
      help: "How long claims took in the database.",
      buckets: statementBuckets,
      registers,
    });
    this.claimDeliveries = new PlainHistogram({
      name: "posthorn_claim_deliveries",
      help: "Deliveries leased by one claim.",
      buckets: countBuckets,
      registers,
    });
    this.recordDuration = new PlainHistogram({
      name: "posthorn_record_duration_seconds",
      help: "How long it took to record a batch of attempts in the database.",
      buckets: statementBuckets,
      registers,
    });
    this.recordAttempts = new PlainHistogram({
      name: "posthorn_record_attempts",
      help: "Attempts recorded by one batch.",
      buckets: countBuckets,
      registers,
    });
  }

  /** A claim returned deliveries, or none. */
  claimed({ deliveries, seconds }: { deliveries: number; seconds: number }): void {
    this.claimDuration.add(seconds);
    this.claimDeliveries.add(deliveries);
  }

  /** A batch of attempts was recorded. */
  recorded(records: readonly RecordedAttempt[], { seconds }: { seconds: number }): void {
    this.recordDuration.add(seconds);
    this.recordAttempts.add(records.length);
    // Labels cost more than everything else, and most attempts of a batch have the same.
    const byLabels = new Map<string, { record: RecordedAttempt; n: number }>();
    for (const record of records) {
      this.observe(record);
      const key = `${causeOf(record)} ${record.trigger} ${record.status}`;
      const same = byLabels.get(key);
      if (same) same.n += 1;
      else byLabels.set(key, { record, n: 1 });
    }
    for (const { record, n } of byLabels.values()) this.count(record, n);
  }

  private count(record: RecordedAttempt, n: number): void {
    const { httpStatus, trigger, status } = record;
    const outcome = isSuccess(httpStatus) ? "succeeded" : "failed";
    this.attempts.inc({ outcome, cause: causeOf(record), trigger }, n);
    if (status === "succeeded" || status === "failed") this.ended.inc({ status }, n);
  }

  private observe({ deliveryId, number, trigger, startedAt, durationMs, status }: RecordedAttempt): void {
    this.attemptDuration.add(durationMs / 1_000);
    if (trigger !== "automatic" && trigger !== "probe") return;
    const succeeded = status === "succeeded";
    if (number > 1 && !succeeded) return;
    // The clocks of two processes may differ.
    const waitedMs = Math.max(0, Date.parse(startedAt) - timeOfId(deliveryId).getTime());
    if (number === 1) this.toFirstAttempt.add(waitedMs / 1_000);
    if (succeeded) this.toSuccess.add((waitedMs + durationMs) / 1_000);
  }
}

/** `2xx` to `5xx`, or the error if no response came. */
function causeOf({ httpStatus, error }: RecordedAttempt): string {
  return httpStatus === null ? (error ?? "none") : `${Math.floor(httpStatus / 100)}xx`;
}
