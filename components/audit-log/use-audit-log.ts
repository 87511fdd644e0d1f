"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { AuditLogFilter } from "@/lib/contract/audit-log";

const rowsPerPage = 50;

/** The rows of the audit log that match, newest first, a page at a time. */
export function useAuditLog(filter: AuditLogFilter, { enabled }: { enabled: boolean }) {
  const { slug } = useWorkspace();
  return useInfiniteQuery({
    queryKey: queryKeys.auditLog(slug, filter),
    queryFn: ({ pageParam, signal }) =>
      callApi("GET /audit-log", {
        workspace: slug,
        query: { ...filter, limit: rowsPerPage, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: (query) => polled(query, ({ pages }) => 15_000 * pages.length),
    placeholderData: (before) => before,
    enabled,
  });
}
