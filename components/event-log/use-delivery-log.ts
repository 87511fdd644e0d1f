"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { unanswered } from "@/components/event-sheet/delivery-cache";
import { useWorkspace } from "@/components/shell/use-workspace";
import { type DeliveriesFilter, listDeliveries } from "@/lib/api-client/deliveries";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { DeliveryOutput } from "@/lib/deliveries/schemas";

/** Pages up to which the log is read again by itself. */
const polledPages = 3;

function pollMs(rows: readonly DeliveryOutput[]): number {
  if (rows.length === 0) return 2_000;
  const soon = Date.now() + 2_000;
  const moving = rows.some(
    ({ inFlight, status, nextAttemptAt }) =>
      inFlight ||
      (status === "pending" && nextAttemptAt !== null && new Date(nextAttemptAt).getTime() < soon),
  );
  return moving ? 1_000 : 5_000;
}

/** Which rows are shown: up to `id`, the newest one when the log was last looked at; newer ones wait. */
type Shown = { key: string; id: string | null; tintAbove: string | null };

/**
 * The event log for a filter. Rows change in place as their deliveries do; what is new waits behind `newCount` until
 * `showNew`, so that nothing moves under the reader. In an empty log the first rows appear by themselves.
 */
export function useDeliveryLog(filter: DeliveriesFilter) {
  const { slug } = useWorkspace();
  const query = useInfiniteQuery({
    queryKey: queryKeys.deliveryList(slug, filter),
    queryFn: ({ pageParam, signal }) =>
      listDeliveries(slug, pageParam === null ? filter : { ...filter, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state: { data } }) => {
      if (!data || unanswered.size > 0 || data.pages.length > polledPages) return false;
      return pollMs(data.pages.flatMap((page) => page.data));
    },
  });

  const key = JSON.stringify(filter);
  const all = query.data?.pages.flatMap((page) => page.data);
  const newest = all?.[0]?.id ?? null;
  const [stored, setShown] = useState<Shown>({ key: "", id: null, tintAbove: null });
  let shown = stored;
  if (all && (stored.key !== key || (stored.id === null && newest !== null))) {
    shown = { key, id: newest, tintAbove: stored.key === key ? "" : null };
    setShown(shown);
  }
  const limit = shown.id;
  const rows = all && limit !== null ? all.filter((row) => row.id <= limit) : all;

  return {
    query,
    /** Undefined until they have been read. */
    rows,
    newCount: all && rows ? all.length - rows.length : 0,
    showNew: () => setShown({ key, id: newest, tintAbove: limit }),
    /** Reads the log again and shows all of it. */
    reload: async () => {
      const result = await query.refetch();
      const top = result.data?.pages[0]?.data[0]?.id ?? null;
      setShown({ key, id: top, tintAbove: limit });
    },
    /** Whether a row has just appeared. */
    isFresh: (row: DeliveryOutput) => shown.tintAbove !== null && row.id > shown.tintAbove,
  };
}
