import type { DeliveryRow } from "@/db/queries/deliveries";
import { walkDeliveryRows } from "@/db/queries/export-deliveries";
import { type DeliveryOutput, exportQuery } from "../contract/deliveries";
import { type Input, parseInput } from "../core/parse-input";
import { authorize, type Context } from "../verbs/context";
import { exportFile } from "../verbs/export-file";
import { withBodies } from "../verbs/with-bodies";
import { deliveryFilter } from "./delivery-filter";
import { presentDelivery } from "./present-delivery";

const columns = [
  "id",
  "createdAt",
  "status",
  "type",
  "eventId",
  "endpointId",
  "attempts",
  "httpStatus",
  "error",
  "durationMs",
  "nextAttemptAt",
  "completedAt",
  "test",
] as const satisfies (keyof DeliveryOutput)[];

/** Rows in memory at a time with their events' bodies, of 256 KiB each at most. */
const rowsPerReadWithPayload = 20;

/**
 * Deliveries that match the filters of the log, newest first, as a CSV or NDJSON file that is read on demand.
 *
 * @throws AppError `forbidden` if payloads are asked for that the actor may not see
 */
export async function exportDeliveries({ ctx, input }: { ctx: Context; input: Input<typeof exportQuery> }) {
  authorize(ctx, "deliveries:read");
  const { format, payload, ...query } = parseInput(exportQuery, input);
  const withPayload = payload === "1";
  if (withPayload) authorize(ctx, "payloads:read");
  const filter = deliveryFilter(ctx, query);
  const rows: AsyncIterable<ExportedRow[]> = withPayload
    ? withBodies(
        ctx,
        walkDeliveryRows(ctx.db, filter, { chunk: rowsPerReadWithPayload }),
        ({ eventId }) => eventId,
      )
    : walkDeliveryRows(ctx.db, filter);
  return exportFile({
    of: `${ctx.workspace.slug}-events`,
    format,
    rows,
    present: (row) =>
      withPayload ? { ...presentDelivery(row), payload: row.payload ?? null } : presentDelivery(row),
    columns: withPayload ? [...columns, "payload"] : columns,
    cells: (row) => [...columns.map((name) => row[name]), ...("payload" in row ? [row.payload] : [])],
  });
}

type ExportedRow = DeliveryRow & { payload?: string | null };
