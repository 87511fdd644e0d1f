import { database } from "@/db/connection/database";
import { deleteLeaseOwner, noteLeaseOwner } from "@/db/queries/lease-owners";
import { releaseLeasesOf } from "@/db/queries/release-leases";
import {
  heartbeatMs,
  heartbeatsBeforeTakeover,
  idleHeartbeatMs,
  leaseSeconds,
  silentSecondsMax,
} from "../../core/delivery-limits";
import { clockSkewMs, reportClockSkew } from "../../platform/clock-skew";
import { log } from "../../platform/log";
import { signalDue } from "../../platform/signals";

/**
 * This process as the owner of its leases. It says every 5 s that it is alive. If a process has not said so for 15 s,
 * any other process that notices gives its leases back, so that they are sent without waiting for the leases to
 * expire.
 *
 * If a process is alive but could not say so, as after an outage of the database, its deliveries may be sent twice.
 * So a process takes over only after three heartbeats of its own in a row: by then all live processes have had
 * theirs.
 *
 * A process that is alone and has claimed nothing for the length of a lease says so every 20 s, in advance, because
 * it has nothing that could be taken over. It sends a heartbeat before it claims again, and every 5 s if there are
 * others.
 */
export class LeaseOwner {
  private begun: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private beating = false;
  private lastBeatAt = Number.NEGATIVE_INFINITY;
  private nextBeatInMs = heartbeatMs;
  private claimedAt = performance.now();
  /** Whether others were seen, alive or silent. */
  private sawOthers = false;
  /** Heartbeats in a row without a gap. */
  private beats = 0;
  /** Whether other sending processes were alive at this one's last heartbeat. */
  hasOthers = false;

  /** @param id the same for a process that replaces one that has ended and sends nothing any more */
  constructor(readonly id: string) {}

  /**
   * To be awaited before each claim. The first time, it gives back its predecessor's leases. Throws database errors.
   */
  begin(): Promise<void> {
    this.claimedAt = performance.now();
    if (this.nextBeatInMs > heartbeatMs) return this.beat();
    this.begun ??= this.start().catch((error: unknown) => {
      this.begun = null;
      throw error;
    });
    return this.begun;
  }

  private async start(): Promise<void> {
    const deliveries = await releaseLeasesOf(database().engine, this.id);
    if (deliveries > 0)
      log().info({ deliveries }, "deliveries that were being sent when the process stopped are sent again");
    await this.beat();
    this.timer = setInterval(() => {
      if (performance.now() - this.lastBeatAt < this.nextBeatInMs - heartbeatMs / 2) return;
      // While the database is down, no process can record a heartbeat; queries report the outage.
      this.beat().catch((error: unknown) => log().debug({ error }, "a heartbeat could not be recorded"));
    }, heartbeatMs);
    this.timer.unref();
  }

  /** Records a heartbeat, and takes over from silent processes. Throws database errors. */
  async beat(): Promise<void> {
    if (this.beating) return;
    this.beating = true;
    try {
      const askedAt = Date.now();
      const isIdle = !this.sawOthers && performance.now() - this.claimedAt > leaseSeconds * 1_000;
      const inMs = isIdle ? idleHeartbeatMs : heartbeatMs;
      const { databaseNow, others, silent } = await noteLeaseOwner(database().engine, {
        id: this.id,
        aheadSeconds: (inMs - heartbeatMs) / 1_000,
        silentSeconds: silentSecondsMax,
      });
      this.hasOthers = others > 0;
      this.sawOthers = this.hasOthers || silent.length > 0;
      reportClockSkew(clockSkewMs({ askedAt, databaseNow, answeredAt: Date.now() }));
      const now = performance.now();
      this.beats = now - this.lastBeatAt < 1.5 * heartbeatMs ? this.beats + 1 : 1;
      this.lastBeatAt = now;
      this.nextBeatInMs = inMs;
      if (this.beats >= heartbeatsBeforeTakeover) await this.takeOver(silent);
    } finally {
      this.beating = false;
    }
  }

  private async takeOver(silent: readonly string[]): Promise<void> {
    const { engine } = database();
    for (const id of silent) {
      const deliveries = await releaseLeasesOf(engine, id);
      await deleteLeaseOwner(engine, id);
      if (deliveries === 0) continue;
      log().warn(
        { deliveries },
        "another process has sent no heartbeat for 15 s: its deliveries are sent from here",
      );
      signalDue();
    }
  }

  /**
   * Gives back unfinished leases, and ends the heartbeats. Never throws: if it fails, its silence has the same
   * effect.
   */
  async end(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    if (!this.begun) return;
    try {
      await this.begun;
      await releaseLeasesOf(database().engine, this.id);
      await deleteLeaseOwner(database().engine, this.id);
    } catch (error) {
      log().warn({ error }, "leases could not be given back; other processes notice in 15 s");
    }
  }
}
