"use client";

import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { apiFetch } from "@/lib/api-client/api-fetch";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { AuditLogFilter, AuditRowOutput, InstanceAuditLogFilter } from "@/lib/contract/audit-log";
import type { Page } from "@/lib/contract/shared";

const rowsPerPage = 50;

/** Entries of the workspace's audit log that match, newest first, by page. */
export function useAuditLog(filter: AuditLogFilter, { enabled }: { enabled: boolean }) {
  const { slug } = useWorkspace();
  return usePages({
    queryKey: queryKeys.auditLog(slug, filter),
    read: (cursor, signal) =>
      callApi("GET /audit-log", {
        workspace: slug,
        query: { ...filter, limit: rowsPerPage, cursor },
        signal,
      }),
    enabled,
  });
}

/** The same for the instance's audit log. */
export function useInstanceAuditLog(filter: InstanceAuditLogFilter) {
  return usePages({
    queryKey: ["instance", "audit-log", filter],
    read: (cursor, signal) =>
      apiFetch<Page<AuditRowOutput>>("/api/instance/audit-log", {
        query: { ...filter, limit: rowsPerPage, cursor },
        signal,
      }),
    enabled: true,
  });
}

function usePages({
  queryKey,
  read,
  enabled,
}: {
  queryKey: QueryKey;
  read: (cursor: string | null, signal: AbortSignal) => Promise<Page<AuditRowOutput>>;
  enabled: boolean;
}) {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: (query) => polled(query, ({ pages }) => 15_000 * pages.length),
    placeholderData: (before) => before,
    enabled,
  });
}
