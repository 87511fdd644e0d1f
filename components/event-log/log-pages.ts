import type { InfiniteData } from "@tanstack/react-query";
import type { DeliveriesPage, DeliveryOutput } from "@/lib/contract/deliveries";

/** A page of the log as it was listed: it keeps the same rows, however they change and whatever is new. */
export type LogPage = DeliveriesPage & {
  /** Ids of the rows that appeared when the log was listed again. */
  fresh: readonly string[];
};
export type Log = InfiniteData<LogPage, unknown>;

/** The most new rows whose number is shown. */
export const countedNewRowsMax = 50;

/** The visible rows, by their position in the log; unbounded if unknown. */
export type SeenRows = { first: number; last: number };

export const allSeen: SeenRows = { first: 0, last: Number.POSITIVE_INFINITY };

/** Rows within this distance of the visible ones may become visible before the next read. */
const nearRows = 50;

/** The pages of a log that are visible or nearly visible; the others need not be read again. */
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

/** The most pages of a log that are read again in full. */
export const pagesAnewMax = 4;

/** The first pages of a longer log: as many as are read again. */
export const beginningOf = <Data extends InfiniteData<unknown, unknown>>(log: Data): Data =>
  log.pages.length <= pagesAnewMax
    ? log
    : { ...log, pages: log.pages.slice(0, pagesAnewMax), pageParams: log.pageParams.slice(0, pagesAnewMax) };

export const rowsOf = (log: Log): DeliveryOutput[] => log.pages.flatMap((page) => page.data);

/** How far back the log has been searched, if its last request ended because its time was up and there is more. */
export function lookedBackToOf({ pages }: Log): string | null {
  const last = pages.at(-1);
  return last && last.nextCursor !== null ? last.lookedBackTo : null;
}

/** A page with its rows' present data and no rows marked as fresh; rows that no longer exist stay as they were. */
export function withRows(page: LogPage, read: readonly DeliveryOutput[]): LogPage {
  const byId = new Map(read.map((row) => [row.id, row]));
  return { ...page, fresh: [], data: page.data.map((row) => byId.get(row.id) ?? row) };
}

/**
 * Rows at the top of the log that were not listed.
 *
 * @param head the newest rows that match now; those below the listed ones belong to the next page and are not new
 */
export function countNewRows(log: Log, head: readonly DeliveryOutput[]): number {
  const listed = rowsOf(log);
  const ids = new Set(listed.map(({ id }) => id));
  const isLastPage = log.pages.at(-1)?.nextCursor === null;
  const lowest = listed.at(-1)?.id ?? "";
  return head.filter(({ id }) => !ids.has(id) && (isLastPage || id > lowest)).length;
}
