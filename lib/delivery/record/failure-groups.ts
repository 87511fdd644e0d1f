import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { type FailureGroup, touchFailureGroups } from "@/db/queries/failure-groups";
import type { AttemptRecord } from "@/db/queries/record-parameters";
import { failureText } from "../../core/failure-text";
import { isSuccess } from "../../core/http-statuses";

type Sql = Parameters<typeof touchFailureGroups>[0];

/**
 * Groups of one webhook within an hour. Further ones get no text, so that arbitrary bodies do not create a group
 * each.
 */
export const groupsPerEndpointMax = 100;
/** How long a group counts as recorded: "last seen" is accurate to this. */
const touchedMs = 2_000;

/**
 * The kind of an attempt's failure; `null` for a success, and for tests, which are in no group.
 *
 * @param said the masked text of the answer, or what went wrong without one
 */
export function failureGroupOf(record: AttemptRecord, said?: string): FailureGroup | null {
  const { workspaceId, endpointId, httpStatus, error, test, trigger } = record;
  if (test || trigger === "test" || isSuccess(httpStatus)) return null;
  const text = said ?? textOf(record);
  const key = JSON.stringify([workspaceId, endpointId, httpStatus, error, text]);
  return {
    id: uuidOf(key),
    workspaceId,
    endpointId,
    httpStatus,
    error,
    text,
    sampleDeliveryId: record.deliveryId,
  };
}

/** Without an answer the cause says everything, except for certificates, which have several kinds of faults. */
function textOf({ responseBody, error, errorDetail }: AttemptRecord): string {
  if (error === "tls_error") return failureText(errorDetail ?? "", { keepsDays: true });
  return responseBody === null ? "" : failureText(responseBody.subarray(0, 8_192).toString("utf8"));
}

/** A UUID of version 8 (RFC 9562 5.8): the beginning of a hash. */
function uuidOf(key: string): string {
  const bytes = createHash("sha256").update(key).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

const ofEndpoints = new LRUCache<string, Set<string>>({ max: 5_000, ttl: 3_600_000 });
const touched = new LRUCache<string, true>({ max: 20_000, ttl: touchedMs });

/**
 * Gives each record the group of its failure, and records the groups, each at most every two seconds.
 *
 * @returns the records, in their order
 */
export async function withFailureGroups(sql: Sql, records: AttemptRecord[]): Promise<AttemptRecord[]> {
  const groups = records.map((record) => boundedGroupOf(record));
  const due = new Map(
    groups.flatMap((group) => (group && !touched.has(group.id) ? [[group.id, group] as const] : [])),
  );
  if (due.size > 0) {
    await touchFailureGroups(sql, [...due.values()]);
    for (const id of due.keys()) touched.set(id, true);
  }
  return records.map((record, at) => {
    const failureGroup = groups[at]?.id ?? null;
    return failureGroup === record.failureGroup ? record : { ...record, failureGroup };
  });
}

function boundedGroupOf(record: AttemptRecord): FailureGroup | null {
  const group = failureGroupOf(record);
  if (!group) return null;
  const known = ofEndpoints.get(group.endpointId) ?? new Set();
  if (known.size === 0) ofEndpoints.set(group.endpointId, known);
  if (known.has(group.id)) return group;
  if (known.size >= groupsPerEndpointMax) return failureGroupOf(record, "");
  known.add(group.id);
  return group;
}
