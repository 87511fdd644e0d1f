import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { Button } from "./button";

/** Below a list that is read page by page: reads the next one, and is gone after the last. */
export function LoadMore({
  query,
  className,
}: {
  query: Pick<UseInfiniteQueryResult, "hasNextPage" | "isFetchingNextPage" | "fetchNextPage">;
  className: string;
}) {
  if (!query.hasNextPage) return null;
  return (
    <Button
      variant="outline"
      className={className}
      pending={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      Load more
    </Button>
  );
}
