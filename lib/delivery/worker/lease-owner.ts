import { database } from "@/db/connection/database";
import { deleteLeaseOwner, findSilentLeaseOwners, noteLeaseOwner } from "@/db/queries/lease-owners";
import { releaseLeasesOf } from "@/db/queries/release-leases";
import { heartbeatMs, heartbeatsBeforeTakeover, silentSecondsMax } from "../../core/delivery-limits";
import { clockSkewMs, reportClockSkew } from "../../platform/clock-skew";
import { log } from "../../platform/log";
import { signalDue } from "../../platform/signals";

/**
 * This process as the owner of what it has leased. It says every 5 s that it is alive; what a process had leased that has
 * not said so for 15 s is given back, by whichever other process notices, and sent without waiting for the leases to end.
 *
 * A process that is alive and was not heard, as after an outage of the database, may have its deliveries sent twice. So
 * a process takes over only when it has itself been heard three times in a row, in time: by then all that are alive have been.
 */
export class LeaseOwner {
  private begun: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private beating = false;
  private lastBeatAt = Number.NEGATIVE_INFINITY;
  /** Heartbeats that followed each other in time. */
  private beats = 0;
  /** Whether other processes that send were alive when this one was last heard. */
  hasOthers = false;

  /** @param id the same for a process that takes the place of one that ended, and sends nothing any more */
  constructor(readonly id: string) {}

  /** To be awaited before each claim: the first time, it gives back what a predecessor had leased. Throws what the database says. */
  begin(): Promise<void> {
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
      const { databaseNow, others } = await noteLeaseOwner(database().engine, {
        id: this.id,
        silentSeconds: silentSecondsMax,
      });
      this.hasOthers = others > 0;
      reportClockSkew(clockSkewMs({ askedAt, databaseNow, answeredAt: Date.now() }));
      const now = performance.now();
      this.beats = now - this.lastBeatAt < 1.5 * heartbeatMs ? this.beats + 1 : 1;
      this.lastBeatAt = now;
      if (this.beats >= heartbeatsBeforeTakeover) await this.takeOver();
    } finally {
      this.beating = false;
    }
  }

  private async takeOver(): Promise<void> {
    const { engine } = database();
    const silent = { silentSeconds: silentSecondsMax, exceptId: this.id };
    for (const id of await findSilentLeaseOwners(engine, silent)) {
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
