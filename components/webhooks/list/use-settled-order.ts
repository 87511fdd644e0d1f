"use client";

import { useState } from "react";
import { byUrgency } from "@/components/webhooks/describe-health";
import type { EndpointOutput } from "@/lib/contract/endpoints";

/** The webhooks by urgency. While the list is hovered the order does not change, so that no click hits another one. */
export function useSettledOrder(endpoints: readonly EndpointOutput[]) {
  const [pointedAt, setPointedAt] = useState(false);
  const [order, setOrder] = useState<readonly string[]>([]);
  const wanted = byUrgency(endpoints).map(({ id }) => id);
  if (!pointedAt && order.join() !== wanted.join()) setOrder(wanted);

  const placeOf = ({ id }: EndpointOutput) => (order.includes(id) ? order.indexOf(id) : order.length);
  return {
    endpoints: endpoints.toSorted((a, b) => placeOf(a) - placeOf(b)),
    pointing: {
      onPointerEnter: () => setPointedAt(true),
      onPointerLeave: () => setPointedAt(false),
    },
  };
}
