import { csvLine } from "../core/csv";

/** A file that is generated on demand: its name, its type, and its parts. */
type ExportedFile = { name: string; type: string; parts: AsyncGenerator<string, void> };

/**
 * A CSV or NDJSON file that is read on demand; reading stops if the client stops.
 *
 * @param options.of the owner and the kind of the rows, for the file's name: `<of>-2026-11-20T101500Z.csv`
 * @param options.cells of a row, as many as `columns`
 */
export function exportFile<Row, Output>({
  of,
  format,
  rows,
  present,
  columns,
  cells,
}: {
  of: string;
  format: "csv" | "ndjson";
  rows: AsyncIterable<Row[]>;
  present: (row: Row) => Output;
  columns: readonly string[];
  cells: (row: Output) => Parameters<typeof csvLine>[0];
}): ExportedFile {
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "");
  const csv = format === "csv";
  async function* parts() {
    if (csv) yield csvLine(columns);
    for await (const some of rows) {
      const lines = some.map(present).map((row) => (csv ? csvLine(cells(row)) : `${JSON.stringify(row)}\n`));
      yield lines.join("");
    }
  }
  return {
    name: `${of}-${time}Z.${format}`,
    type: csv ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson",
    parts: parts(),
  };
}
