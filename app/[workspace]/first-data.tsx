import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { FirstRead } from "./first-reads";

/**
 * Gives the queries of `children` their first data, so that the page arrives with it. What may not or cannot be read
 * is left to the query in the browser, which then says so.
 */
export async function FirstData({ reads, children }: { reads: readonly FirstRead[]; children: ReactNode }) {
  const client = new QueryClient();
  await Promise.all(
    reads.map(({ queryKey, read, isPaged }) =>
      isPaged
        ? client.prefetchInfiniteQuery({ queryKey, queryFn: read, initialPageParam: null })
        : client.prefetchQuery({ queryKey, queryFn: read }),
    ),
  );
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
