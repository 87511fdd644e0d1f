import { database } from "@/db/connection/database";
import { findLedgerAlarms } from "@/db/queries/ledger-alarms";
import type { LedgerAlarmOutput } from "../contract/ledger";
import { presentAlarm } from "./present-alarm";

/** Alarms that a banner speaks of; it names the first and counts the others. */
const alarmsMax = 100;

/** What the ledger's checks found in a workspace and still find: newest first. */
export async function listOpenAlarms(workspaceId: string): Promise<LedgerAlarmOutput[]> {
  const rows = await findLedgerAlarms(database().db, { workspaceId, closedSince: null, limit: alarmsMax });
  return rows.map(presentAlarm);
}
