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

/** Rows in sight, by their place in the log; without end if nobody has said which. */
export type SeenRows = { first: number; last: number };

export const allSeen: SeenRows = { first: 0, last: Number.POSITIVE_INFINITY };

/** What is so many rows away from those in sight may come into sight before the next reading. */
const nearRows = 50;

/** Of the pages of a log, those that are in sight or near to it; the others need not be read again. */
export function nearPages<Page extends { data: readonly unknown[] }>(
  pages: readonly Page[],
  { first, last }: SeenRows,
): Page[] {
  let above = 0;
  return pages.filter(({ data }) => {
    const start = above;
    above += data.length;
    return start <= last + nearRows && above > first - nearRows;
  });
}

/** Pages up to which a log is read anew as long as it is. */
export const pagesAnewMax = 4;

/** The first pages of a longer log: as many as are read anew. */
export const beginningOf = <Data extends InfiniteData<unknown, unknown>>(log: Data): Data =>
  log.pages.length <= pagesAnewMax
    ? log
    : { ...log, pages: log.pages.slice(0, pagesAnewMax), pageParams: log.pageParams.slice(0, pagesAnewMax) };

export const rowsOf = (log: Log): DeliveryOutput[] => log.pages.flatMap((page) => page.data);

/** How far back a log was looked through that has more, if its last request ended for its time. */
export function lookedBackToOf({ pages }: Log): string | null {
  const last = pages.at(-1);
  return last && last.nextCursor !== null ? last.lookedBackTo : null;
}

/** A page with its rows as they are now, none of them fresh any more; one that is not there any more stays as it was. */
export function withRows(page: LogPage, read: readonly DeliveryOutput[]): LogPage {
  const byId = new Map(read.map((row) => [row.id, row]));
  return { ...page, fresh: [], data: page.data.map((row) => byId.get(row.id) ?? row) };
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
