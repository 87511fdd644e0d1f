import { database } from "@/db/connection/database";
import { countLeaseOwners } from "@/db/queries/lease-owners";
import { countOpenAlarms } from "@/db/queries/ledger-alarms";
import { findComparedAt } from "@/db/queries/ledger-checks";
import { findOldestDue } from "@/db/queries/oldest-due";
import { findOpenDeliveries } from "@/db/queries/open-deliveries";
import { silentSecondsMax } from "../core/delivery-limits";
import type { DatabaseFigures } from "../telemetry/database-gauges";

/** How many workspaces have gauges of their own: those with the most pending deliveries. */
const workspacesShown = 20;
/** All others; no slug has this character. */
const otherWorkspaces = "_other";

/** Reads the figures of the database's gauges. Throws database errors. */
export async function readFigures(): Promise<DatabaseFigures> {
  const { db, sql } = database();
  const [pending, oldestDue, openAlarms, comparedAt, senders] = await Promise.all([
    findOpenDeliveries(sql, { shown: workspacesShown }),
    findOldestDue(sql, { workspaceId: null }),
    countOpenAlarms(db),
    findComparedAt(db),
    countLeaseOwners(sql, { silentSeconds: silentSecondsMax }),
  ]);
  const ages = new Map(oldestDue.map(({ workspaceId, ageSeconds }) => [workspaceId, ageSeconds] as const));
  const shown = pending.shown.map(({ workspaceId, slug, open }) => {
    const oldestDueSeconds = ages.get(workspaceId) ?? 0;
    ages.delete(workspaceId);
    return { workspace: slug, pending: open, oldestDueSeconds };
  });
  const others = {
    workspace: otherWorkspaces,
    pending: pending.others,
    oldestDueSeconds: Math.max(0, ...ages.values()),
  };
  return { workspaces: [...shown, others], openAlarms, comparedAt, senders };
}
