import { Histogram, type Registry } from "prom-client";

/**
 * A histogram without labels, to which a value is added in nanoseconds. The library's own `observe` takes 300 ns, for
 * labels and for buckets that it looks up by their text.
 */
export class PlainHistogram extends Histogram<never> {
  private readonly bounds: readonly number[];
  /** Values in each bucket, and above the last bound; not cumulative. */
  private readonly counts: number[];
  private sum = 0;

  constructor(config: { name: string; help: string; buckets: readonly number[]; registers: Registry[] }) {
    const { name, help, buckets, registers } = config;
    super({ name, help, buckets: [...buckets], registers });
    this.bounds = buckets;
    this.counts = Array.from({ length: buckets.length + 1 }, () => 0);
  }

  add(value: number): void {
    const { bounds, counts } = this;
    let at = 0;
    while (at < bounds.length && value > (bounds[at] ?? 0)) at += 1;
    counts[at] = (counts[at] ?? 0) + 1;
    this.sum += value;
  }

  /** Called by the registry, for a snapshot. */
  override async get() {
    const empty = await super.get();
    let count = 0;
    const cumulative = this.counts.map((n) => {
      count += n;
      return count;
    });
    const values = empty.values.map((one, at) => {
      if (one.metricName?.endsWith("_sum")) return { ...one, value: this.sum };
      // Its buckets come first, in order, and then +Inf.
      return { ...one, value: one.metricName?.endsWith("_bucket") ? (cumulative[at] ?? count) : count };
    });
    return { ...empty, values };
  }
}
