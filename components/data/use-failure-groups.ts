"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { FailureGroupsFilter } from "@/lib/contract/failure-groups";

/** How many groups a page has. */
export const groupsPage = 50;

/**
 * The present failure groups, the worst first.
 *
 * @param options.pages how many pages of them are read
 */
export function useFailureGroups(filter: FailureGroupsFilter, { enabled = true, pages = 1 } = {}) {
  const { slug } = useWorkspace();
  return useQuery({
    queryKey: [...queryKeys.failureGroups(slug, filter), ...(pages > 1 ? [pages] : [])],
    queryFn: async ({ signal }) => {
      const read = (cursor?: string) =>
        callApi("GET /failure-groups", {
          workspace: slug,
          query: { ...filter, order: "worst", limit: groupsPage, cursor },
          signal,
        });
      let all = await read();
      for (let page = 1; page < pages && all.nextCursor !== null; page += 1) {
        const next = await read(all.nextCursor);
        const known = new Set(all.data.map(({ id }) => id));
        all = {
          ...next,
          total: all.total,
          data: [...all.data, ...next.data.filter(({ id }) => !known.has(id))],
        };
      }
      return all;
    },
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval: (query) => polled(query, () => 5_000),
  });
}
