"use client";

import { type Outcome, outcomes } from "@/lib/core/outcomes";
import { type Series, TimeChart, type TimeChartProps } from "./time-chart";

const looks: Record<Outcome, Omit<Series, "key">> = {
  succeeded: { label: "Succeeded", fill: "fill-success/70", swatch: "bg-success/70" },
  waiting: { label: "Waiting", fill: "fill-warning/40", swatch: "bg-warning/40" },
  retrying: { label: "Retrying", fill: "fill-warning", swatch: "bg-warning" },
  failed: { label: "Failed", fill: "fill-danger", swatch: "bg-danger" },
  held: {
    label: "Held",
    hatched: true,
    swatch: "hatched",
  },
  discarded: { label: "Discarded", fill: "fill-muted-foreground/40", swatch: "bg-muted-foreground/40" },
};
const always: readonly Outcome[] = ["succeeded", "failed"];

/** Deliveries over time, stacked by outcome; rarer outcomes are only shown if they occur. */
export function OutcomesChart({
  title,
  data,
  bucketSeconds,
  onOpen,
}: {
  title: string;
  data: readonly (Record<Outcome, number> & { from: string })[];
  bucketSeconds: number;
} & Pick<TimeChartProps, "onOpen">) {
  const shown = outcomes.filter((name) => always.includes(name) || data.some((bucket) => bucket[name] > 0));
  return (
    <TimeChart
      title={title}
      kind="bars"
      series={shown.map((key) => ({ key, ...looks[key] }))}
      points={data.map(({ from, ...values }) => ({ from, values }))}
      bucketSeconds={bucketSeconds}
      onOpen={onOpen}
      format={(value) => value.toLocaleString("en")}
    />
  );
}
