import { Gauge, type Registry } from "prom-client";
import { type LedgerAlarmKind, ledgerAlarmKinds } from "../core/ledger";

/** Figures of the database, read at one moment. */
export type DatabaseFigures = {
  /** By slug, with one entry for all workspaces that have none of their own. */
  workspaces: { workspace: string; pending: number; oldestDueSeconds: number }[];
  openAlarms: Record<LedgerAlarmKind, number>;
  /** When the ledger was last compared with the tables. */
  comparedAt: Date | null;
  /** Sending processes that are known to be alive. */
  senders: number;
};

/** Gauges of what all processes share. Each process reports them: use the `max` over processes, not their sum. */
export class DatabaseGauges {
  private readonly pending: Gauge<"workspace">;
  private readonly oldestDue: Gauge<"workspace">;
  private readonly alarms: Gauge<"kind">;
  private readonly comparedAt: Gauge;
  private readonly senders: Gauge;
  private readonly up: Gauge;

  constructor(registers: Registry[]) {
    this.pending = new Gauge({
      name: "posthorn_pending_deliveries",
      help: "Deliveries that have not ended, including held ones. Workspaces with few of them are summed as _other.",
      labelNames: ["workspace"],
      registers,
    });
    this.oldestDue = new Gauge({
      name: "posthorn_oldest_due_age_seconds",
      help: "How long the oldest delivery of a workspace has been due. Deliveries that are held, in progress, or waiting for a webhook that backs off are not counted.",
      labelNames: ["workspace"],
      registers,
    });
    this.alarms = new Gauge({
      name: "posthorn_ledger_alarms",
      help: "Open alarms of the ledger, by kind: gap or late.",
      labelNames: ["kind"],
      registers,
    });
    this.comparedAt = new Gauge({
      name: "posthorn_ledger_compared_timestamp_seconds",
      help: "When the ledger was last compared with the tables; 0 if never.",
      registers,
    });
    this.senders = new Gauge({
      name: "posthorn_sending_processes",
      help: "Delivery processes with a heartbeat in the last 15 s.",
      registers,
    });
    this.up = new Gauge({
      name: "posthorn_database_up",
      help: "Whether these figures could be read from the database.",
      registers,
    });
  }

  /** @param figures `null` if the database could not be read: then no outdated figures are shown */
  set(figures: DatabaseFigures | null): void {
    for (const gauge of [this.pending, this.oldestDue, this.alarms]) gauge.reset();
    // Resetting a gauge without labels would set it to 0.
    for (const gauge of [this.comparedAt, this.senders]) gauge.remove();
    this.up.set(figures ? 1 : 0);
    if (!figures) return;
    for (const { workspace, pending, oldestDueSeconds } of figures.workspaces) {
      this.pending.set({ workspace }, pending);
      this.oldestDue.set({ workspace }, oldestDueSeconds);
    }
    for (const kind of ledgerAlarmKinds) this.alarms.set({ kind }, figures.openAlarms[kind]);
    this.comparedAt.set((figures.comparedAt?.getTime() ?? 0) / 1_000);
    this.senders.set(figures.senders);
  }
}
