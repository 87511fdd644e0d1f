import type { InfiniteData } from "@tanstack/react-query";
import type { DeliveriesPage, DeliveryOutput } from "@/lib/contract/deliveries";

/** A page of the log as it was listed: its rows stay the same ones, however they change and whatever is new. */
export type LogPage = DeliveriesPage & {
  /** Ids of the rows that appeared when the log was listed again. */
  fresh: readonly string[];
};
export type Log = InfiniteData<LogPage, unknown>;

/** New rows up to which their number is said. */
export const countedNewRowsMax = 50;

export const rowsOf = (log: Log): DeliveryOutput[] => log.pages.flatMap((page) => page.data);

/** How far back a log was looked through that has more, if its last request ended for its time. */
export function lookedBackToOf({ pages }: Log): string | null {
  const last = pages.at(-1);
  return last && last.nextCursor !== null ? last.lookedBackTo : null;
}

/** A page with its rows as they are now; one that is not there any more stays as it was. */
export function withRows(page: LogPage, read: readonly DeliveryOutput[]): LogPage {
  const byId = new Map(read.map((row) => [row.id, row]));
  return { ...page, data: page.data.map((row) => byId.get(row.id) ?? row) };
}

/**
 * Rows at the head of the log that are not in what was listed.
 *
 * @param head the newest rows that match now; those below what was listed are the next page's, and not new
 */
export function countNewRows(log: Log, head: readonly DeliveryOutput[]): number {
  const listed = rowsOf(log);
  const ids = new Set(listed.map(({ id }) => id));
  const isLastPage = log.pages.at(-1)?.nextCursor === null;
  const lowest = listed.at(-1)?.id ?? "";
  return head.filter(({ id }) => !ids.has(id) && (isLastPage || id > lowest)).length;
}
