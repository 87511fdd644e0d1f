import { walkDeliveries } from "@/db/queries/export-deliveries";
import { type DeliveryOutput, exportQuery } from "../contract/deliveries";
import { csvLine } from "../core/csv";
import { type Input, parseInput } from "../core/parse-input";
import { authorize, type Context } from "../verbs/context";
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

/** A file as it is made: its name, its type, and its parts as they are pulled. */
export type ExportedFile = { name: string; type: string; parts: AsyncGenerator<string, void> };

/**
 * What the filters of the log match, newest first, as a file of CSV or NDJSON. It is read as it is pulled: that nobody
 * pulls any more ends the reading.
 */
export async function exportDeliveries({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof exportQuery>;
}): Promise<ExportedFile> {
  authorize(ctx, "deliveries:read");
  const { format, ...query } = parseInput(exportQuery, input);
  const rows = walkDeliveries(ctx.db, deliveryFilter(ctx.workspace.id, query));
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "");
  return {
    name: `${ctx.workspace.slug}-events-${time}Z.${format}`,
    type: format === "csv" ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson",
    parts: format === "csv" ? csvOf(rows) : ndjsonOf(rows),
  };
}

type Rows = ReturnType<typeof walkDeliveries>;

async function* csvOf(rows: Rows): AsyncGenerator<string, void> {
  yield csvLine(columns);
  for await (const some of rows) {
    yield some
      .map(presentDelivery)
      .map((row) => csvLine(columns.map((name) => row[name])))
      .join("");
  }
}

async function* ndjsonOf(rows: Rows): AsyncGenerator<string, void> {
  for await (const some of rows)
    yield some.map((row) => `${JSON.stringify(presentDelivery(row))}\n`).join("");
}
