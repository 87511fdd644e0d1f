"use client";

import type { DeliveriesFilter, DeliveryCountsOutput } from "@/lib/contract/deliveries";
import { useDeliveryCounts } from "./use-delivery-counts";

/** How many deliveries with a status match the other filters, like `10,000+`; nothing until that is known. */
export function StatusCount({
  status,
  filter,
}: {
  status: keyof DeliveryCountsOutput;
  filter: DeliveriesFilter;
}) {
  const { data } = useDeliveryCounts(filter);
  if (!data) return null;
  const { count, more } = data[status];
  return (
    <>
      {count.toLocaleString("en")}
      {more && "+"}
    </>
  );
}
