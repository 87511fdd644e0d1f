import { formatDay } from "@/components/ui/format-time";
import type { DeliveryOutput } from "@/lib/contract/deliveries";
import type { Selection } from "./use-selection";

export type DayGroup = { day: string; rows: DeliveryOutput[] };

/** Rows by day in the viewer's zone, in UTC until that is known (`now` is `null`), in the order they came. */
export function groupByDay(rows: readonly DeliveryOutput[], now: Date | null): DayGroup[] {
  const groups: DayGroup[] = [];
  for (const row of rows) {
    const day = now ? formatDay(new Date(row.createdAt), now) : row.createdAt.slice(0, 10);
    const last = groups.at(-1);
    if (last?.day === day) last.rows.push(row);
    else groups.push({ day, rows: [row] });
  }
  return groups;
}

/** The button of a row, which takes the focus when it is moved by keyboard. */
export const rowButtonId = (deliveryId: string) => `row-${deliveryId}`;

/** What can be done with rows; left out is what the person may not. */
export type RowActions = {
  onRetry?: ((id: string) => void) | undefined;
  selection?: Selection | undefined;
};

export type RowsProps = {
  groups: DayGroup[];
  /** The delivery whose sheet is open. */
  openId: string | null;
  onOpen: (id: string) => void;
  isFresh: (row: DeliveryOutput) => boolean;
  actions: RowActions;
  /** Name of a row's webhook; undefined if the log is one webhook's. */
  webhookName: ((endpointId: string) => string) | undefined;
};
