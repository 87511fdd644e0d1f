import { walkDeliveryRows } from "@/db/queries/export-deliveries";
import { type DeliveryOutput, exportQuery } from "../contract/deliveries";
import { type Input, parseInput } from "../core/parse-input";
import { authorize, type Context } from "../verbs/context";
import { exportFile } from "../verbs/export-file";
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

/** Deliveries that match the filters of the log, newest first, as a CSV or NDJSON file that is read on demand. */
export async function exportDeliveries({ ctx, input }: { ctx: Context; input: Input<typeof exportQuery> }) {
  authorize(ctx, "deliveries:read");
  const { format, ...query } = parseInput(exportQuery, input);
  return exportFile({
    of: `${ctx.workspace.slug}-events`,
    format,
    rows: walkDeliveryRows(ctx.db, deliveryFilter(ctx, query)),
    present: presentDelivery,
    columns,
    cells: (row) => columns.map((name) => row[name]),
  });
}
