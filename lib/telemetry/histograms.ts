import { Histogram, type HistogramConfiguration } from "prom-client";

/** A histogram without labels, in seconds. */
export function secondsHistogram(
  config: Pick<HistogramConfiguration<never>, "name" | "help" | "registers"> & { buckets: number[] },
): Histogram<never> {
  return new Histogram(config);
}
