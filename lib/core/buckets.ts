const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The most buckets of a histogram. */
export const bucketsMax = 120;

/** Widths that readers know from clocks and calendars. */
const widths = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minuteMs),
  ...[1, 2, 3, 6, 12].map((n) => n * hourMs),
  ...[1, 2, 7, 14, 28].map((n) => n * dayMs),
];

export type BucketRange = { fromMs: number; toMs: number; bucketMs: number };

/**
 * The range that contains `from` to `to` in at most `bucketsMax` buckets of the narrowest known width. Each bucket
 * begins at a multiple of the width since 1970.
 *
 * @param range in milliseconds; `toMs` is after `fromMs`
 */
export function bucketRange({ fromMs, toMs }: { fromMs: number; toMs: number }): BucketRange {
  for (const bucketMs of [...widths, ...multiplesOf(widths[widths.length - 1] ?? dayMs)]) {
    const range = alignedTo(bucketMs, { fromMs, toMs });
    if ((range.toMs - range.fromMs) / bucketMs <= bucketsMax) return range;
  }
  throw new RangeError("there is no bucket of that width");
}

/** The range in whole buckets of a width. */
export function alignedTo(bucketMs: number, { fromMs, toMs }: { fromMs: number; toMs: number }): BucketRange {
  return {
    fromMs: Math.floor(fromMs / bucketMs) * bucketMs,
    toMs: Math.ceil(toMs / bucketMs) * bucketMs,
    bucketMs,
  };
}

/** The start of each bucket of a range. */
export function bucketStarts({ fromMs, toMs, bucketMs }: BucketRange): number[] {
  return Array.from(
    { length: Math.round((toMs - fromMs) / bucketMs) },
    (_, index) => fromMs + index * bucketMs,
  );
}

function* multiplesOf(ms: number): Generator<number> {
  for (let factor = 2; factor <= 4_096; factor *= 2) yield factor * ms;
}
