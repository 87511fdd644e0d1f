import { database } from "@/db/connection/database";
import { findLedgerAlarms } from "@/db/queries/ledger-alarms";
import type { LedgerAlarmOutput } from "../contract/ledger";
import { presentAlarm } from "./present-alarm";

/** The most alarms that a banner shows; it names the first and counts the others. */
const alarmsMax = 100;

/** The present findings of the ledger's checks in a workspace, newest first. */
export async function listOpenAlarms(workspaceId: string): Promise<LedgerAlarmOutput[]> {
  const rows = await findLedgerAlarms(database().db, { workspaceId, closedSince: null, limit: alarmsMax });
  return rows.map(presentAlarm);
}
