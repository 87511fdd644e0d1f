"use client";

import { formatDuration } from "@/components/ui/format-time";
import { TimeChart } from "./time-chart";

/** The median and 95th percentile of attempts' durations over time. */
export function LatencyChart({
  data,
  bucketSeconds,
}: {
  data: readonly { from: string; p50Ms: number | null; p95Ms: number | null }[];
  bucketSeconds: number;
}) {
  return (
    <TimeChart
      title="Latency"
      kind="lines"
      series={[
        { key: "p50Ms", label: "p50", stroke: "stroke-link", fill: "fill-link", swatch: "bg-link" },
        { key: "p95Ms", label: "p95", stroke: "stroke-warning", fill: "fill-warning", swatch: "bg-warning" },
      ]}
      points={data.map(({ from, p50Ms, p95Ms }) => ({ from, values: { p50Ms, p95Ms } }))}
      bucketSeconds={bucketSeconds}
      format={formatDuration}
    />
  );
}
