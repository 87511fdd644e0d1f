import type postgres from "postgres";
import { v7 } from "uuid";
import { publishEvents } from "../queries/publish-events";

/**
 * Publishes so many events of a type in one request, without a check.
 *
 * @param params.again in a transaction, whatever is known of the type
 * @param params.key the idempotency key of each
 */
export function publishTestEvents(
  sql: postgres.Sql,
  params: {
    workspaceId: string;
    type: string;
    count: number;
    body?: string;
    again?: boolean;
    key?: string | undefined;
    lockTimeoutMs?: number;
  },
) {
  const now = Date.now();
  return publishEvents(sql, {
    workspaceId: params.workspaceId,
    now,
    newId: v7,
    idempotencyHours: 24,
    lockTimeoutMs: params.lockTimeoutMs ?? 5_000,
    again: params.again ?? false,
    requests: [
      {
        check: () => undefined,
        events: Array.from({ length: params.count }, () => ({
          id: v7(),
          type: params.type,
          idempotencyKey: params.key ?? null,
          bodyHash: params.key ? "hash" : null,
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
