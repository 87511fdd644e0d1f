"use client";

import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import { Button } from "./button";

/** How far below the window, in px, its button may be when the next page is read without a click. */
const nearPx = 600;

/**
 * Shown below a list that is read page by page: reads the next page, and disappears after the last.
 *
 * @param auto the next page is also read when scrolling comes near the end of the list
 */
export function LoadMore({
  query,
  auto = false,
  className,
}: {
  query: Pick<
    UseInfiniteQueryResult,
    "hasNextPage" | "isFetching" | "isFetchingNextPage" | "isFetchNextPageError" | "fetchNextPage"
  >;
  auto?: boolean;
  className: string;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const read = useEffectEvent(() => void query.fetchNextPage());
  // A read under way is not interrupted, and after a failure a click is needed.
  const isReady = auto && query.hasNextPage && !query.isFetching && !query.isFetchNextPageError;
  useEffect(() => {
    if (!isReady || !button.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && read(), {
      rootMargin: `0px 0px ${nearPx}px`,
    });
    observer.observe(button.current);
    return () => observer.disconnect();
  }, [isReady]);
  if (!query.hasNextPage) return null;
  return (
    <Button
      ref={button}
      variant="outline"
      className={className}
      pending={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      Load more
    </Button>
  );
}
