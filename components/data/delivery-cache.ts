import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { DeliveryDetailOutput, DeliveryOutput } from "@/lib/contract/deliveries";
import type { Page } from "@/lib/contract/shared";

type Log = InfiniteData<Page<DeliveryOutput>, string | null>;

export const logListsKey = (workspace: string) => [...queryKeys.deliveries(workspace), "list"] as const;

/** Deliveries with a pending retry request: data read meanwhile is older than what is shown. */
export const unanswered = new Set<string>();

/** Changes a delivery in place, in every log that shows it and in the sheet. */
export function patchDelivery(
  client: QueryClient,
  workspace: string,
  id: string,
  patch: Partial<DeliveryOutput>,
): void {
  client.setQueriesData<Log>({ queryKey: logListsKey(workspace) }, (log) => {
    if (!log?.pages.some((page) => page.data.some((row) => row.id === id))) return log;
    const pages = log.pages.map((page) => ({
      ...page,
      data: page.data.map((row) => (row.id === id ? { ...row, ...patch } : row)),
    }));
    return { ...log, pages };
  });
  client.setQueryData<DeliveryDetailOutput>(queryKeys.delivery(workspace, id), (detail) =>
    detail ? { ...detail, ...patch } : detail,
  );
}

/** Updates the sheet with a delivery that was just read, and its columns in every log that shows it. */
export function storeDelivery(client: QueryClient, workspace: string, detail: DeliveryDetailOutput): void {
  const { payload, timestamp, idempotencyKey, endpoint, attemptLog, plannedAttempts, why, ...row } = detail;
  client.setQueryData(queryKeys.delivery(workspace, detail.id), detail);
  patchDelivery(client, workspace, detail.id, row);
}
