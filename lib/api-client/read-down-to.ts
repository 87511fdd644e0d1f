import type { Page } from "../contract/shared";

/**
 * Reads the first page of a list again, newest first: new rows are added at the top, and it ends where it ended
 * before, so that no visible row drops off the end.
 *
 * @param list reads a page below a cursor, the first one without
 * @param shown the page as read before; undefined the first time
 */
export async function readDownTo<P extends Page<{ id: string }>>(
  list: (cursor: string | null) => Promise<P>,
  shown: P | undefined,
): Promise<P> {
  const last = shown?.data.at(-1)?.id;
  let page = await list(null);
  if (last === undefined) return page;
  const data = [...page.data];
  while (page.nextCursor !== null && page.nextCursor > last) {
    page = await list(page.nextCursor);
    data.push(...page.data);
  }
  const kept = data.filter(({ id }) => id >= last);
  const isWhole = page.nextCursor === null && kept.length === data.length;
  return { ...page, data: kept, nextCursor: isWhole ? null : (kept.at(-1)?.id ?? page.nextCursor) };
}
