import type postgres from "postgres";
import { v7 } from "uuid";
import { publishEvents } from "../queries/publish-events";

/** Publishes so many events of a type in one request, without a check and without keys. */
export function publishTestEvents(
  sql: postgres.Sql,
  params: { workspaceId: string; type: string; count: number; body?: string },
) {
  const now = Date.now();
  return publishEvents(sql, {
    workspaceId: params.workspaceId,
    now,
    newId: v7,
    idempotencyHours: 24,
    lockTimeoutMs: 5_000,
    again: false,
    requests: [
      {
        check: () => undefined,
        events: Array.from({ length: params.count }, () => ({
          id: v7(),
          type: params.type,
          idempotencyKey: null,
          bodyHash: null,
          timestamp: null,
          body: params.body ?? "{}",
          example: () => "{}",
          deliver: true,
          traceparent: null,
        })),
      },
    ],
  });
}
