import { setTimeout as sleep } from "node:timers/promises";
import { database } from "@/db/connection/database";
import { findLossySettings, type LossySetting } from "@/db/queries/lossy-settings";
import { readDatabaseClock } from "@/db/queries/read-database-clock";
import packageJson from "../../package.json" with { type: "json" };
import { isSetUp } from "../auth/is-set-up";
import type { LedgerAlarmKind } from "../core/ledger";
import { ledgerState } from "../ledger/ledger-state";
import { clockSkewMs } from "../platform/clock-skew";
import { type Role, settings } from "../platform/env";
import { log } from "../platform/log";
import { engineState } from "../platform/signals";
import { isStopping } from "../platform/stopping";

export type Health = {
  /** `stopping`: it was asked to stop, still answers for a while, and wants no more requests. */
  status: "ok" | "failing" | "stopping";
  version: string;
  role: Role;
  database: "ok" | "unreachable";
  /**
   * Settings that protect committed data and that its server has turned off. The status is not affected, because it
   * still works.
   */
  lossySettings: LossySetting[] | null;
  /**
   * How far this machine's clock is ahead of the database's (negative: behind), in milliseconds. The status is not
   * affected, because due times are compared on the database's clock.
   */
  clockSkewMs: number | null;
  /** What runs the functions in this process; a process with the role `web` runs none. */
  engine: { kind: string | null; started: boolean; lastSweepAt: string | null };
  setup: "needed" | "done" | null;
  /**
   * The findings of the ledger's checks, in any workspace. The status is not affected, because a restart would not
   * help.
   */
  ledger: "ok" | LedgerAlarmKind | null;
};

/** How long the database may take to answer. Health is requested often, and answers within a second. */
const answerMsMax = 800;

const holder = globalThis as { posthornHealthRead?: Promise<DatabaseState | null> };

/** Whether this process can do its work: it has its database, its engine runs, and it is not stopping. */
export async function health(): Promise<Health> {
  const engine = engineState();
  const state = await Promise.race([readOnce(), sleep(answerMsMax, null, { ref: false })]);
  const { role } = settings();
  const isWell = state !== null && (engine.started || role === "web");
  return {
    status: isStopping() ? "stopping" : isWell ? "ok" : "failing",
    version: packageJson.version,
    role,
    database: state ? "ok" : "unreachable",
    lossySettings: state?.lossySettings ?? null,
    clockSkewMs: state?.clockSkewMs ?? null,
    engine: {
      kind: engine.kind,
      started: engine.started,
      lastSweepAt: engine.lastSweepAt?.toISOString() ?? null,
    },
    setup: state?.setup ?? null,
    ledger: state?.ledger ?? null,
  };
}

type DatabaseState = {
  lossySettings: LossySetting[];
  clockSkewMs: number;
  setup: "needed" | "done";
  ledger: "ok" | LedgerAlarmKind;
};

/** However often health is requested, a database that does not answer is only asked once. */
function readOnce(): Promise<DatabaseState | null> {
  holder.posthornHealthRead ??= read()
    .catch((error: unknown) => {
      log().warn({ error }, "the database is unreachable");
      return null;
    })
    .finally(() => {
      delete holder.posthornHealthRead;
    });
  return holder.posthornHealthRead;
}

async function read(): Promise<DatabaseState> {
  const { db } = database();
  const askedAt = Date.now();
  const databaseNow = await readDatabaseClock(db);
  const skewMs = clockSkewMs({ askedAt, databaseNow, answeredAt: Date.now() });
  const [lossySettings, done, ledger] = await Promise.all([findLossySettings(db), isSetUp(), ledgerState()]);
  return { lossySettings, clockSkewMs: skewMs, setup: done ? "done" : "needed", ledger };
}
