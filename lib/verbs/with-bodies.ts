import { findBodies } from "@/db/queries/events";
import type { Context } from "./context";

/**
 * Rows of an export with the bodies of their events, read as the rows are.
 *
 * @param eventIdOf the event's id in the database
 * @returns `payload`: the body as it is sent; `null` if it is gone
 */
export async function* withBodies<Row extends object>(
  ctx: Context,
  chunks: AsyncIterable<Row[]>,
  eventIdOf: (row: Row) => string,
): AsyncGenerator<(Row & { payload: string | null })[], void> {
  for await (const rows of chunks) {
    const ids = [...new Set(rows.map(eventIdOf))];
    const bodies = await findBodies(ctx.db, { workspaceId: ctx.workspace.id, ids });
    yield rows.map((row) => ({ ...row, payload: bodies.get(eventIdOf(row)) ?? null }));
  }
}
