import type { TimeChartProps } from "./time-chart";

/** The values of a chart as a table, newest first, without empty buckets. */
export function ChartTable({
  title,
  series,
  points,
  bucketSeconds,
  format,
  now,
  describeTime,
}: TimeChartProps & {
  now: Date;
  describeTime: (from: string, bucketSeconds: number, now: Date) => string;
}) {
  const rows = points.filter(({ values }) => Object.values(values).some((value) => value)).toReversed();
  return (
    <details className="text-xs">
      <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground hover:text-foreground">
        Show as a table
      </summary>
      {rows.length === 0 ? (
        <p className="pt-1 text-muted-foreground">Nothing in this time.</p>
      ) : (
        <div className="mt-1 overflow-x-auto">
          <table className="w-full text-right">
            <caption className="sr-only">{title}</caption>
            <thead>
              <tr className="text-muted-foreground">
                <th scope="col" className="py-1 pr-3 text-left font-medium">
                  Time
                </th>
                {series.map(({ key, label }) => (
                  <th key={key} scope="col" className="py-1 pr-3 font-medium">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ from, values }) => (
                <tr key={from} className="border-border border-t">
                  <th scope="row" className="whitespace-nowrap py-1 pr-3 text-left font-normal">
                    {describeTime(from, bucketSeconds, now)}
                  </th>
                  {series.map(({ key }) => {
                    const value = values[key] ?? null;
                    return (
                      <td key={key} className="py-1 pr-3">
                        {value === null ? "–" : format(value)}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
