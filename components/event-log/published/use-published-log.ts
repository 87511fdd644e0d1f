"use client";

import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef } from "react";
import {
  allSeen,
  beginningOf,
  nearPages,
  pagesAnewMax,
  type SeenRows,
} from "@/components/event-log/log-pages";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { EventOutput, EventsFilter, EventsPage } from "@/lib/contract/events";

/** The most that one request may ask for. */
const headRows = 100;

/** A search that stopped early starts anew with each read. */
const longScanPollMs = 10_000;

/** The outcomes of events that are still being sent are read often; each page is a request. */
function pollMs(all: EventsPage[], seen: SeenRows): number {
  const pages = nearPages(all, seen);
  const rows = pages.flatMap(({ data }) => data);
  if (all.at(-1)?.lookedBackTo) return longScanPollMs * all.length;
  if (rows.length === 0) return 2_000;
  const moving = rows.some(({ statuses }) => statuses.pending > 0);
  return (moving ? 2_000 : 10_000) * pages.length;
}

/**
 * Published events for a filter. Listed rows stay, and their outcomes are updated in place, in a long list only near
 * the visible rows: each read ends where the first one began. Newer events are counted if it is `live`, and listed by
 * `reload`.
 */
export function usePublishedLog(filter: EventsFilter, { live }: { live: boolean }) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const key = JSON.stringify(filter);
  const queryKey = queryKeys.eventList(slug, filter);
  /** Just above the newest row of the first read, once there is one; data that came with the page counts as a read. */
  const end = useRef<{ key: string; at: string | null; anew: boolean }>({ key, at: null, anew: false });

  const seen = useRef(allSeen);

  const query = useInfiniteQuery({
    queryKey,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const shown = client.getQueryData<InfiniteData<EventsPage>>(queryKey);
      // In a long list that was read before, the user has a position.
      const isLong = (shown?.pages.length ?? 0) > pagesAnewMax;
      if (end.current.key !== key) end.current = { key, at: null, anew: !isLong };
      if (!end.current.anew) end.current.at ??= justAbove(shown?.pages[0]?.data ?? []);
      const known = end.current.anew ? undefined : shown?.pages[shown.pageParams.indexOf(cursor)];
      if (shown && known && known.data.length > 0 && !nearPages(shown.pages, seen.current).includes(known)) {
        return known;
      }
      const to = end.current.at ?? filter.to;
      const query = { ...filter, to, cursor };
      const page = await callApi("GET /events", { workspace: slug, query, signal });
      end.current.at ??= justAbove(page.data);
      end.current.anew = false;
      return page;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: (query) => polled(query, ({ pages }) => pollMs(pages, seen.current)),
  });
  const rows = useMemo(() => query.data?.pages.flatMap(({ data }) => data), [query.data]);
  const from = rows && justAbove(rows);
  const head = useQuery({
    queryKey: queryKeys.eventHead(slug, filter, from ?? ""),
    queryFn: ({ signal }) =>
      callApi("GET /events", {
        workspace: slug,
        query: { ...filter, from: from ?? filter.from, limit: headRows },
        signal,
      }),
    enabled: live && typeof from === "string",
    refetchInterval: (query) => polled(query, () => 2_000),
  });
  return {
    query,
    /** Undefined until they have been read. */
    rows,
    /** How far back it has looked, if the last request's time was up before its end. */
    lookedBackTo: query.data?.pages.at(-1)?.lookedBackTo ?? null,
    newCount: live ? (head.data?.data.length ?? 0) : 0,
    /** To be called with the visible rows. */
    onSeen: useCallback((first: number, last: number) => {
      seen.current = { first, last };
    }, []),
    /** Lists the log again from its newest row; of a long one, the beginning. */
    reload: async () => {
      end.current = { key, at: null, anew: true };
      client.setQueryData<InfiniteData<EventsPage>>(queryKey, (shown) => shown && beginningOf(shown));
      await query.refetch();
    },
  };
}

/** The moment after the newest of the rows, which is the first; `null` without rows. */
function justAbove([newest]: readonly EventOutput[]): string | null {
  return newest ? new Date(Date.parse(newest.createdAt) + 1).toISOString() : null;
}
