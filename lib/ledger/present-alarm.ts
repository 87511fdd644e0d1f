import type { LedgerAlarmRow } from "@/db/queries/ledger-alarms";
import type { LedgerAlarmOutput } from "../contract/ledger";
import { type IdKind, toPublicId } from "../core/ids";

const hourMs = 3_600_000;

export function presentAlarm(row: LedgerAlarmRow): LedgerAlarmOutput {
  const publicId = (kind: IdKind, id: string | null) => (id === null ? null : toPublicId(kind, id));
  return {
    kind: row.kind,
    from: row.hour?.toISOString() ?? null,
    to: row.hour ? new Date(row.hour.getTime() + hourMs).toISOString() : null,
    expected: row.expected,
    found: row.found,
    deliveryId: publicId("delivery", row.deliveryId),
    endpointId: publicId("endpoint", row.endpointId),
    dueAt: row.dueAt?.toISOString() ?? null,
    openedAt: row.openedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  };
}
