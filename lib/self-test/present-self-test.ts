import type { SelfTestRow } from "@/db/queries/self-tests";
import type { SelfTestOutput } from "../contract/self-tests";
import { toPublicId } from "../core/ids";

/** A self-test as the API shows it. */
export function presentSelfTest(row: SelfTestRow): SelfTestOutput {
  const { status, phase, reason, accepted, received, result, createdBy } = row;
  return {
    id: toPublicId("selfTest", row.id),
    status,
    phase,
    reason,
    accepted,
    received,
    result,
    createdBy,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
