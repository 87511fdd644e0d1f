import { database } from "@/db/connection/database";
import { findOpenAlarmKinds } from "@/db/queries/ledger-alarms";
import type { LedgerAlarmKind } from "../core/ledger";

/** What the ledger's checks found in any workspace and still find, the gravest first; `ok` for nothing. */
export async function ledgerState(): Promise<"ok" | LedgerAlarmKind> {
  const open = await findOpenAlarmKinds(database().db);
  return open.includes("gap") ? "gap" : (open[0] ?? "ok");
}
