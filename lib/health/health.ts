import { findLossySettings, type LossySetting } from "@/db/queries/lossy-settings";
import packageJson from "../../package.json" with { type: "json" };
import { database } from "../database";
import type { LedgerAlarmKind } from "../ledger/constants";
import { ledgerState } from "../ledger/ledger-state";
import { log } from "../log";
import { isSetUp } from "../setup/is-set-up";
import { engineState } from "../signals";

export type Health = {
  status: "ok" | "failing";
  version: string;
  database: "ok" | "unreachable";
  /** What its server has turned off although it keeps committed data safe. It leaves the status alone, as it still works. */
  lossySettings: LossySetting[] | null;
  engine: { kind: string | null; started: boolean; lastSweepAt: string | null };
  setup: "needed" | "done" | null;
  /** What the ledger's checks found, in any workspace. It leaves the status alone: a restart would not help. */
  ledger: "ok" | LedgerAlarmKind | null;
};

/** Whether this process can do its work: it has its database, and its engine runs. */
export async function health(): Promise<Health> {
  const engine = engineState();
  const lossySettings = await findLossySettings(database().db).catch((error: unknown) => {
    log().warn({ error }, "the database is unreachable");
    return null;
  });
  const reachable = lossySettings !== null;
  return {
    status: reachable && engine.started ? "ok" : "failing",
    version: packageJson.version,
    database: reachable ? "ok" : "unreachable",
    lossySettings,
    engine: {
      kind: engine.kind,
      started: engine.started,
      lastSweepAt: engine.lastSweepAt?.toISOString() ?? null,
    },
    setup: reachable ? ((await isSetUp()) ? "done" : "needed") : null,
    ledger: reachable ? await ledgerState() : null,
  };
}
