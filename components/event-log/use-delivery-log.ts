"use client";

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef, useState } from "react";
import { unanswered } from "@/components/data/delivery-cache";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { DeliveriesFilter, DeliveryOutput } from "@/lib/contract/deliveries";
import {
  allSeen,
  beginningOf,
  countNewRows,
  type Log,
  type LogPage,
  lookedBackToOf,
  nearPages,
  pagesAnewMax,
  rowsOf,
  type SeenRows,
  withRows,
} from "./log-pages";

/** How old a list may be that is shown without being read again. */
const currentMs = 5_000;
/** A search that takes its whole time is repeated less often. */
const longScanPollMs = 15_000;
/** Newest rows in which new ones are looked for: the most that a request may ask for. */
const headRows = 100;

function pollMs(log: Log, seen: SeenRows): number {
  const pages = nearPages(log.pages, seen);
  const rows = pages.flatMap((page) => page.data);
  if (rows.length === 0) return log.pages.length > 1 || lookedBackToOf(log) ? longScanPollMs : 2_000;
  const soon = Date.now() + 2_000;
  const moving = rows.some(
    ({ inFlight, status, nextAttemptAt }) =>
      inFlight ||
      (status === "pending" && nextAttemptAt !== null && new Date(nextAttemptAt).getTime() < soon),
  );
  // Each page is a request.
  return (moving ? 1_000 : 5_000) * Math.ceil(pages.length / 2);
}

/** The cursors of the pages that are being read, and the rows shown before, if new ones are to be highlighted. */
type Reading = { key: string; cursors: Set<unknown>; before: ReadonlySet<string> | null };

/**
 * The event log for a filter. Listed rows stay: they change in place as their deliveries do, and none are added or
 * removed; in a long log this applies to those near the visible ones. New rows are counted from the top of the log if
 * it is `live`, and listed by `reload`. In an empty log the first rows appear by themselves.
 */
export function useDeliveryLog(filter: DeliveriesFilter, { live }: { live: boolean }) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const key = JSON.stringify(filter);
  const queryKey = queryKeys.deliveryList(slug, filter);
  const list = (query: DeliveriesFilter, signal: AbortSignal) =>
    callApi("GET /deliveries", { workspace: slug, query, signal });
  const reading = useRef<Reading>({ key: "", cursors: new Set(), before: null });
  const seen = useRef(allSeen);
  const [opened] = useState(() => ({ key, at: Date.now() }));

  const query = useInfiniteQuery({
    queryKey,
    queryFn: async ({ pageParam: cursor, signal }): Promise<LogPage> => {
      const log = client.getQueryData<Log>(queryKey);
      if (reading.current.key !== key) {
        const listedAt = client.getQueryState(queryKey)?.dataUpdatedAt ?? 0;
        // Rows that came with the page are kept, and so is a long list, in which the user has a position. Any other
        // list that was read before is read again from the newest row.
        const isLong = (log?.pages.length ?? 0) > pagesAnewMax;
        const isCurrent = isLong || (key === opened.key && listedAt > opened.at - currentMs);
        reading.current = { key, cursors: new Set(isCurrent ? log?.pageParams : []), before: null };
      }
      const { cursors, before } = reading.current;
      const page = cursors.has(cursor) ? log?.pages[log.pageParams.indexOf(cursor)] : undefined;
      if (page && log && page.data.length > 0) {
        if (!nearPages(log.pages, seen.current).includes(page)) return page;
        const id = page.data.map((row) => row.id);
        const { data } = await list({ id, tests: "1", limit: id.length }, signal);
        return withRows(page, data);
      }
      // It was searched only partly; new rows are at the top of the log.
      if (page && log && log.pages.length > 1 && page.nextCursor !== null) return page;
      const listed = await list({ ...filter, cursor }, signal);
      const known = page ? new Set<string>() : before;
      const appeared = cursor === null && known ? listed.data.filter(({ id }) => !known.has(id)) : [];
      cursors.add(cursor);
      return { ...listed, fresh: appeared.map(({ id }) => id) };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: currentMs,
    refetchInterval: (query) =>
      unanswered.size > 0 ? false : polled(query, (log) => pollMs(log, seen.current)),
  });
  const rows = useMemo(() => query.data && rowsOf(query.data), [query.data]);

  const head = useQuery({
    queryKey: queryKeys.deliveryHead(slug, filter),
    queryFn: ({ signal }) => list({ ...filter, limit: headRows }, signal),
    enabled:
      live &&
      query.data !== undefined &&
      (query.data.pages.length > 1 || query.data.pages[0]?.data.length !== 0),
    refetchInterval: (query) => polled(query, ({ lookedBackTo }) => (lookedBackTo ? longScanPollMs : 2_000)),
  });
  const newCount = useMemo(
    () => (query.data && head.data ? countNewRows(query.data, head.data.data) : 0),
    [query.data, head.data],
  );
  const fresh = useMemo(() => new Set(query.data?.pages.flatMap((page) => page.fresh)), [query.data]);

  return {
    query,
    /** Undefined until they have been read. */
    rows,
    /** RFC 3339, if the log was searched only partly. */
    lookedBackTo: query.data ? lookedBackToOf(query.data) : null,
    newCount: live ? newCount : 0,
    /** Lists the log again from its newest row; of a long one, the beginning. */
    reload: async () => {
      reading.current = { key, cursors: new Set(), before: new Set(rows?.map(({ id }) => id)) };
      client.setQueryData<Log>(queryKey, (log) => log && beginningOf(log));
      await query.refetch();
    },
    /** Whether a row has just appeared. */
    isFresh: (row: DeliveryOutput) => fresh.has(row.id),
    /** To be called with the visible rows. */
    onSeen: useCallback((first: number, last: number) => {
      seen.current = { first, last };
    }, []),
  };
}
