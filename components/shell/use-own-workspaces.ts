"use client";

import { useQuery } from "@tanstack/react-query";
import { apiFetch } from "@/lib/api-client/api-fetch";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { OwnWorkspacesOutput } from "@/lib/contract/instance";

/** The user's workspaces, with what needs attention in each. */
export function useOwnWorkspaces() {
  return useQuery({
    queryKey: queryKeys.ownWorkspaces(),
    queryFn: ({ signal }) => apiFetch<OwnWorkspacesOutput>("/api/instance/own-workspaces", { signal }),
    refetchInterval: (query) => polled(query, () => 10_000),
  });
}
