import { database } from "@/db/connection/database";
import { recordAttempts } from "@/db/queries/record-attempts";
import type { AttemptRecord } from "@/db/queries/record-parameters";
import { recordAfterMs, recordBacklogMax, recordBytesMax, recordCountMax } from "../../core/delivery-limits";
import { retryDelayMs } from "../../core/retry-schedule";
import { settings } from "../../platform/env";
import { log } from "../../platform/log";
import { signalDue, signalDueAt } from "../../platform/signals";
import { metrics } from "../../telemetry/metrics";
import { endpointResults } from "../record/endpoint-results";
import { withFailureGroups } from "../record/failure-groups";
import { hourDeltas } from "../record/hour-deltas";

/** Between a failed write and the next try. */
const writeAgainAfterMs = 500;

/**
 * Gathers finished attempts and records them in bulk: after 50 ms, 512 results or 1 MiB, whichever comes first, or
 * when a drain asks. A failed write is repeated, and bisected if the database refuses a row, so that one bad row
 * cannot hold up the rest.
 */
export class Recorder {
  private waiting: AttemptRecord[] = [];
  private waitingBytes = 0;
  /**
   * A batch stays the same until it is written, because only whole batches can be checked for having been committed.
   */
  private beingWritten: AttemptRecord[] = [];
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<boolean> | null = null;
  /** Resolves when the present change of leases has ended. */
  private changing: Promise<unknown> = Promise.resolve();
  private closed = false;

  /** Whether so many results wait for the database that nothing more should be claimed. */
  get isFull(): boolean {
    return this.waiting.length >= recordBacklogMax;
  }

  /** Whether results wait, or are being written. */
  get isBusy(): boolean {
    return this.waiting.length > 0 || this.beingWritten.length > 0 || this.writing !== null;
  }

  /** Deliveries whose results wait, or are being written. */
  unrecorded(): string[] {
    return [...this.waiting, ...this.beingWritten].map((record) => record.deliveryId);
  }

  add(record: AttemptRecord): void {
    this.waiting.push(record);
    this.waitingBytes += (record.responseBody?.length ?? 0) + 1_024;
    if (this.isBatchFull) void this.writeBatch();
    else this.writeSoon();
  }

  private get isBatchFull(): boolean {
    return this.waiting.length >= recordCountMax || this.waitingBytes >= recordBytesMax;
  }

  private writeSoon(): void {
    if (!this.closed) this.timer ??= setTimeout(() => void this.writeBatch(), recordAfterMs);
  }

  /**
   * Writes the waiting results as one batch, unless one is being written; later ones form the next batch. Never
   * throws: what cannot be written keeps waiting.
   *
   * @returns whether that batch was written
   */
  writeBatch(): Promise<boolean> {
    this.writing ??= this.write().then((written) => {
      this.writing = null;
      if (this.closed) return written;
      if (this.isBatchFull) void this.writeBatch();
      else if (this.isBusy) this.writeSoon();
      return written;
    });
    return this.writing;
  }

  /**
   * Changes leases other than by recording, while no record is written: two concurrent statements that shrink a lease
   * would each leave its removal to the other.
   */
  between<T>(change: () => Promise<T>): Promise<T> {
    const changed = this.changing.then(change);
    this.changing = changed.catch(() => undefined);
    return changed;
  }

  /** Writes everything that waits; resolves when it is written, or a write failed. Never throws. */
  async flush(): Promise<void> {
    while (this.isBusy && (await this.writeBatch()));
  }

  /** Writes what waits, trying for as long as given; then gives up, and the leases lapse. */
  async close(withinMs: number): Promise<void> {
    const end = Date.now() + withinMs;
    while (this.isBusy && Date.now() < end) await this.flush();
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    if (this.isBusy) {
      log().error(
        { results: this.waiting.length + this.beingWritten.length },
        "results could not be recorded; these deliveries will be sent again",
      );
    }
  }

  private async write(): Promise<boolean> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.beingWritten.length === 0) this.beingWritten = this.takeBatch();
    const records = this.beingWritten;
    if (records.length === 0) return true;
    const startedAt = performance.now();
    try {
      await this.between(() => writeBisecting(records));
    } catch (error) {
      log().error(
        { error, results: records.length + this.waiting.length },
        "results could not be recorded; trying again",
      );
      await new Promise((resolve) => setTimeout(resolve, writeAgainAfterMs));
      return false;
    }
    this.beingWritten = [];
    metrics()?.delivery.recorded(records, { seconds: (performance.now() - startedAt) / 1_000 });
    for (const { dueAt } of records) {
      if (dueAt !== null && dueAt !== "keep") signalDueAt(new Date(dueAt));
    }
    return true;
  }

  private takeBatch(): AttemptRecord[] {
    let bytes = 0;
    let count = 0;
    for (const record of this.waiting) {
      bytes += (record.responseBody?.length ?? 0) + 1_024;
      if (count > 0 && bytes > recordBytesMax) break;
      count += 1;
      if (count >= recordCountMax) break;
    }
    const batch = this.waiting.splice(0, count);
    this.waitingBytes = this.waiting.reduce(
      (sum, record) => sum + (record.responseBody?.length ?? 0) + 1_024,
      0,
    );
    return batch;
  }
}

async function writeBisecting(records: AttemptRecord[]): Promise<void> {
  try {
    await writeRecords(records, records);
  } catch (error) {
    if (!isDataError(error)) throw error;
    const [only] = records;
    if (records.length === 1 && only) {
      log().error(
        { error, delivery: only.deliveryId },
        "a result was refused by the database; recording it without the response",
      );
      await writeRecords([withoutResponse(only)], records);
      return;
    }
    const half = Math.ceil(records.length / 2);
    await writeBisecting(records.slice(0, half));
    await writeBisecting(records.slice(half));
  }
}

/** `results`: from which the figures and the endpoints' states are computed. */
async function writeRecords(records: AttemptRecord[], results: AttemptRecord[]): Promise<void> {
  const { engine, sql } = database();
  const { probesInMs, recovered } = await recordAttempts(engine, {
    records: await withFailureGroups(sql, records),
    hours: hourDeltas(results),
    endpoints: endpointResults(results),
    probeDelayMs: (probe) => retryDelayMs(probe, { scale: settings().retryScale, random: Math.random() }),
  });
  for (const inMs of probesInMs) signalDueAt(new Date(Date.now() + inMs));
  if (recovered) signalDue();
}

/** SQLSTATE class 22 (data exception) and 23 (constraint): a retry would fail as well. */
function isDataError(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^2[23]/.test(String(error.code));
}

function withoutResponse(record: AttemptRecord): AttemptRecord {
  return { ...record, responseHeaders: {}, responseBody: null, errorDetail: null, responseTruncated: true };
}
