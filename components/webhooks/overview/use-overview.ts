"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import { timeZoneCookie } from "@/lib/core/time-zone-cookie";

const never = () => () => {};
const viewersZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * The workspace's figures, read again while the page is visible; "today" is in the viewer's zone.
 *
 * @param knownZone the zone in which they came with the page: the viewer's last one
 */
export function useOverview(knownZone: string) {
  const { slug } = useWorkspace();
  const timeZone = useSyncExternalStore(never, viewersZone, () => knownZone);
  useEffect(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: the server reads it, and Cookie Store is not in every browser
    document.cookie = `${timeZoneCookie}=${encodeURIComponent(timeZone)}; path=/; max-age=31536000; samesite=lax`;
  }, [timeZone]);
  return useQuery({
    queryKey: queryKeys.overview(slug, timeZone),
    queryFn: ({ signal }) => callApi("GET /overview", { workspace: slug, query: { timeZone }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => polled(query, () => 5_000),
  });
}
