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
 * This process as the owner of what it has leased. It says every 5 s that it is alive; what a process had leased that has
 * not said so for 15 s is given back, by whichever other process notices, and sent without waiting for the leases to end.
 *
 * A process that is alive and was not heard, as after an outage of the database, may have its deliveries sent twice. So
 * a process takes over only when it has itself been heard three times in a row, in time: by then all that are alive have been.
 *
 * One that is alone and has claimed nothing for as long as a lease lasts says so every 20 s, and ahead: it has nothing
 * that could be taken over. Before it claims again it says that it is alive, and with others it does so every 5 s.
 */
export class LeaseOwner {
  private begun: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private beating = false;
  private lastBeatAt = Number.NEGATIVE_INFINITY;
  private nextBeatInMs = heartbeatMs;
  private claimedAt = performance.now();
  /** Alive or silent. */
  private sawOthers = false;
  /** Heartbeats that followed each other in time. */
  private beats = 0;
  /** Whether other processes that send were alive when this one was last heard. */
  hasOthers = false;

  /** @param id the same for a process that takes the place of one that ended, and sends nothing any more */
  constructor(readonly id: string) {}

  /** To be awaited before each claim: the first time, it gives back what a predecessor had leased. Throws what the database says. */
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
      // While the database is away, no process can be heard; queries report the outage.
      this.beat().catch((error: unknown) => log().debug({ error }, "a heartbeat could not be recorded"));
    }, heartbeatMs);
    this.timer.unref();
  }

  /** Says that it is alive, and takes over from others that are not. Throws what the database says. */
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

  /** Gives back what was not finished, and is heard no more. Never throws: what it could not say, its silence does. */
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
