"use client";

import { useEffect, useEffectEvent, useState } from "react";

/** The most pages that are read to get to a row. */
export const pagesToRowMax = 20;

type Query = {
  data:
    | {
        pages: readonly {
          data: readonly { id: string }[];
          lookedBackTo?: string | null | undefined;
        }[];
      }
    | undefined;
  hasNextPage: boolean;
  isFetching: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => Promise<unknown>;
};

/**
 * Reads the log page by page down to the row whose sheet it was opened with, like by a link or after a reload. It ends
 * if the log gets past the row's time or is very long, and does not begin if the filter was changed since.
 *
 * @param openId the row whose sheet is open
 * @param key the log's filter
 */
export function useReadToRow(
  openId: string | null,
  key: string,
  query: Query,
): {
  /** Whether it is being read to. */
  reading: boolean;
  /** Reads to a row of which the filter is about to be changed. */
  readTo: (id: string) => void;
} {
  const [wanted, setWanted] = useState<{ id: string | null; key: string | null }>({ id: openId, key });
  const pages = query.data?.pages ?? [];
  const last = pages.at(-1);
  const oldest = last?.data.at(-1)?.id;
  const reading =
    openId !== null &&
    openId === wanted.id &&
    (wanted.key === null || wanted.key === key) &&
    // Ids sort by time.
    oldest !== undefined &&
    oldest > openId &&
    pages.length < pagesToRowMax &&
    query.hasNextPage &&
    !query.isFetchNextPageError &&
    !last?.lookedBackTo &&
    !pages.some(({ data }) => data.some(({ id }) => id === openId));
  const readNext = useEffectEvent(() => void query.fetchNextPage());
  const next = reading && !query.isFetching ? pages.length : null;
  useEffect(() => {
    if (next !== null) readNext();
  }, [next]);
  return { reading, readTo: (id) => setWanted({ id, key: null }) };
}
