"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { AbsoluteTime } from "@/components/ui/time";
import { callApi } from "@/lib/api-client/call-api";
import { polled } from "@/lib/api-client/polled";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { DeliveriesFilter } from "@/lib/contract/deliveries";
import { useDeliveryCounts } from "./use-delivery-counts";

/** As many as a page has. */
const countedMax = 100;

/** Replaces an empty log of failed events: events that are being retried have not failed for good. */
export function NoneFailed({
  filter,
  onShow,
  onClear,
}: {
  filter: DeliveriesFilter;
  /** Shows the events that are being retried. */
  onShow: () => void;
  onClear: () => void;
}) {
  const { slug } = useWorkspace();
  const retrying = { ...filter, status: ["retrying" as const] };
  const { data } = useQuery({
    queryKey: [...queryKeys.deliveries(slug), "retrying", retrying],
    queryFn: ({ signal }) =>
      callApi("GET /deliveries", { workspace: slug, query: { ...retrying, limit: countedMax }, signal }),
    refetchInterval: (query) => polled(query, () => 10_000),
  });
  const { data: counts } = useDeliveryCounts(filter);
  const listed = { count: data?.data.length ?? 0, more: Boolean(data?.nextCursor) };
  // A count that ran out of time may have found fewer.
  const { count, more } = counts && counts.retrying.count >= listed.count ? counts.retrying : listed;
  const number = `${count.toLocaleString("en")}${more ? "+" : ""}`;
  return (
    <EmptyState
      icon={CircleCheck}
      title="Nothing has failed for good"
      description={
        count > 0 ? (
          `${number} ${count === 1 && !more ? "is" : "are"} being retried.`
        ) : data?.lookedBackTo ? (
          <>
            No events being retried were found back to{" "}
            <AbsoluteTime value={data.lookedBackTo} day="unless today" />.
          </>
        ) : (
          data && "Nothing is being retried either."
        )
      }
      action={
        <>
          {count > 0 && <Button onClick={onShow}>Show</Button>}
          {count === 0 && data?.lookedBackTo && <Button onClick={onShow}>Look further back</Button>}
          <Button variant="outline" onClick={onClear}>
            Clear filters
          </Button>
        </>
      }
    />
  );
}
