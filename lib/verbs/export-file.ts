import { csvLine } from "../core/csv";

/** A file as it is made: its name, its type, and its parts as they are pulled. */
type ExportedFile = { name: string; type: string; parts: AsyncGenerator<string, void> };

/**
 * A file of CSV or NDJSON that is read as it is pulled: that nobody pulls any more ends the reading.
 *
 * @param options.of whose rows they are and what they are, for the file's name: `<of>-2026-11-20T101500Z.csv`
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
