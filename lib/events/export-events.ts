import { type EventOutput, eventsExportQuery } from "../contract/events";
import { fromPublicId, noId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { authorize, type Context } from "../verbs/context";
import { exportFile } from "../verbs/export-file";
import { withBodies } from "../verbs/with-bodies";
import { listEvents } from "./list-events";

const columns = ["id", "createdAt", "type", "timestamp", "idempotencyKey", "deliveries"] as const;

/** Events in memory at a time: with their bodies, of 256 KiB each at most, fewer. */
const eventsPerRead = 100;
const eventsPerReadWithPayload = 20;

/**
 * Published events that match the filters, newest first, as a CSV or NDJSON file that is read on demand.
 *
 * @throws AppError `forbidden` if payloads are asked for that the actor may not see
 */
export async function exportEvents({ ctx, input }: { ctx: Context; input: Input<typeof eventsExportQuery> }) {
  authorize(ctx, "events:read");
  const { format, payload, ...query } = parseInput(eventsExportQuery, input);
  const withPayload = payload === "1";
  if (withPayload) authorize(ctx, "payloads:read");
  return exportFile({
    of: `${ctx.workspace.slug}-published`,
    format,
    rows: withPayload
      ? withBodies(
          ctx,
          pages(ctx, query, eventsPerReadWithPayload),
          ({ id }) => fromPublicId("event", id) ?? noId,
        )
      : pages(ctx, query, eventsPerRead),
    present: (row) => row,
    columns: withPayload ? [...columns, "payload"] : columns,
    cells: (row) => [
      ...columns.map((name) => row[name]),
      ...(row.payload === undefined ? [] : [row.payload]),
    ],
  });
}

type ExportedEvent = EventOutput & { payload?: string | null };
type EventsFilter = Omit<Input<typeof eventsExportQuery>, "format" | "payload">;

async function* pages(
  ctx: Context,
  query: EventsFilter,
  limit: number,
): AsyncGenerator<ExportedEvent[], void> {
  let cursor: string | undefined;
  do {
    const page = await listEvents({ ctx, input: { ...query, limit: String(limit), cursor } });
    if (page.data.length > 0) yield page.data;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
