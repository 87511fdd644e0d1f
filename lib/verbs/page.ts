import type { Page } from "../contract/shared";
import { validationFailed } from "../core/errors";
import { fromPublicId, type IdKind } from "../core/ids";

export type PageParams = { limit: number; cursor?: string };

/**
 * One page of a list ordered by id, newest first. The cursor is the last row's public id.
 *
 * @param find reads rows below `before`; it is asked for one row more than the page holds, to know whether another
 *   page follows
 * @throws AppError `validation_failed` if the cursor is invalid
 */
export async function pageFrom<T extends { id: string }>(
  kind: IdKind,
  { limit, cursor }: PageParams,
  find: (params: { limit: number; before: string | null }) => Promise<T[]>,
): Promise<Page<T>> {
  const before = cursor === undefined ? null : fromPublicId(kind, cursor);
  if (cursor !== undefined && before === null) {
    throw validationFailed([{ path: "cursor", message: "must be the nextCursor of an earlier page" }]);
  }
  const rows = await find({ limit: limit + 1, before });
  const data = rows.slice(0, limit);
  return { data, nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null };
}
