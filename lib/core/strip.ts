/** A number of things at a time (milliseconds). */
type Counted = { at: number; n: number };

/**
 * Adds numbers up in bars of the same length.
 *
 * @param range in milliseconds; what is before or after it counts for the first or the last bar
 * @returns as many numbers as there are bars
 */
export function stripOf(
  counted: readonly Counted[],
  range: { from: number; to: number },
  bars: number,
): number[] {
  const barMs = Math.max(1, (range.to - range.from) / bars);
  const counts = Array.from({ length: bars }, () => 0);
  for (const { at, n } of counted) {
    const place = Math.min(bars - 1, Math.max(0, Math.floor((at - range.from) / barMs)));
    counts[place] = (counts[place] ?? 0) + n;
  }
  return counts;
}
