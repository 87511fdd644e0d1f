import { database } from "@/db/connection/database";
import { findOpenAlarmKinds } from "@/db/queries/ledger-alarms";
import type { LedgerAlarmKind } from "../core/ledger";

/** The present findings of the ledger's checks in any workspace, the gravest first; `ok` if there are none. */
export async function ledgerState(): Promise<"ok" | LedgerAlarmKind> {
  const open = await findOpenAlarmKinds(database().db);
  return open.includes("gap") ? "gap" : (open[0] ?? "ok");
}
