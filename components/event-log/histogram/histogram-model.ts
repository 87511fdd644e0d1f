import type { HistogramOutput } from "@/lib/contract/histogram";
import { type Outcome, outcomes, sumOutcomes } from "@/lib/core/outcomes";

type Bucket = HistogramOutput["data"][number];
type Range = { from: Date; to: Date };

/** All deliveries of a bucket. */
export const countAll = (bucket: Record<Outcome, number>) =>
  outcomes.reduce((sum, name) => sum + bucket[name], 0);

/**
 * Heights of a bucket's parts in pixels, from the bottom up. Any part that is not empty is visible, and the total is
 * no higher than its share.
 *
 * @param params.max deliveries of the fullest bucket
 */
export function partHeights(
  bucket: Bucket,
  { max, height }: { max: number; height: number },
): { outcome: Outcome; px: number }[] {
  const all = countAll(bucket);
  if (all === 0) return [];
  const shown = outcomes.filter((outcome) => bucket[outcome] > 0);
  const smallest = 2;
  const total = Math.max((all / max) * height, shown.length * smallest);
  const room = total - shown.length * smallest;
  return shown.map((outcome) => ({ outcome, px: smallest + (bucket[outcome] / all) * room }));
}

/** Index of the bucket at a position, 0 to 1 from the left; the first or last one beyond the ends. */
export function bucketAt(place: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor(place * count)));
}

/** The time from one bucket to another, in any order, both included. */
export function rangeOfBuckets({ data, bucketSeconds }: HistogramOutput, a: number, b: number): Range | null {
  const [first, last] = [data[Math.min(a, b)], data[Math.max(a, b)]];
  if (!first || !last) return null;
  return {
    from: new Date(first.from),
    to: new Date(Date.parse(last.from) + bucketSeconds * 1_000),
  };
}

const labels: Record<Outcome, string> = {
  succeeded: "succeeded",
  waiting: "waiting",
  retrying: "retrying",
  failed: "failed",
  held: "held",
  discarded: "discarded",
};

/** "1,204 events: 1,190 succeeded, 14 failed"; "No events". */
export function describeCounts(counts: Record<Outcome, number>): string {
  const all = countAll(counts);
  if (all === 0) return "No events";
  const parts = outcomes
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome].toLocaleString("en")} ${labels[outcome]}`);
  return `${all.toLocaleString("en")} ${all === 1 ? "event" : "events"}: ${parts.join(", ")}`;
}

/** Counts from one bucket to another, in any order, both included. */
export function sumBuckets(data: readonly Bucket[], a: number, b: number): Record<Outcome, number> {
  return sumOutcomes(data.slice(Math.min(a, b), Math.max(a, b) + 1));
}

/** The marks within a range of time. */
export const marksBetween = <Mark extends { createdAt: string }>(
  marks: readonly Mark[],
  { from, to }: Range,
): Mark[] =>
  marks.filter(({ createdAt }) => {
    const at = Date.parse(createdAt);
    return at >= from.getTime() && at < to.getTime();
  });

/**
 * Positions of the marks, in percent from the left, and on which side of them their label has room: to the right,
 * or to the left at the end; `null` if on neither. If several lack room, the last one is labelled: it says what is so now.
 */
export function placeMarks<Mark extends { createdAt: string }>(
  marks: readonly Mark[],
  { from, to }: Pick<HistogramOutput, "from" | "to">,
  roomPercent: number,
): { mark: Mark; percent: number; label: "left" | "right" | null }[] {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  let freeTo = 100;
  return marks
    .toReversed()
    .map((mark) => {
      const percent = ((Date.parse(mark.createdAt) - start) / (end - start)) * 100;
      const isAtEnd = percent > 100 - roomPercent;
      const labelTo = isAtEnd ? percent : percent + roomPercent;
      const fits = labelTo <= freeTo;
      if (fits) freeTo = labelTo - roomPercent;
      return { mark, percent, label: fits ? (isAtEnd ? ("left" as const) : ("right" as const)) : null };
    })
    .reverse();
}
