/**
 * Round numbers for an axis that starts at 0: a few, the last at least as large as the largest value.
 *
 * @param max the largest value
 * @param steps about how many steps
 */
export function niceTicks(max: number, steps = 3): number[] {
  const rough = Math.max(max, 1) / steps;
  const power = 10 ** Math.floor(Math.log10(rough));
  // Counts are integers, so no step is below 1.
  const step = Math.max(
    1,
    [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough,
  );
  return Array.from({ length: Math.ceil(Math.max(max, 1) / step) + 1 }, (_, index) => index * step);
}

/** Indexes of points with a time label below, so that the labels have room. */
export function labelledPoints(count: number, { width, room }: { width: number; room: number }): number[] {
  const every = Math.max(1, Math.ceil(count / Math.max(1, Math.floor(width / room))));
  return Array.from({ length: Math.ceil(count / every) }, (_, index) => index * every);
}

/** The path of a line through points; it is interrupted at missing values. */
export function linePath(points: readonly ({ x: number; y: number } | null)[]): string {
  return points
    .map((point, index) =>
      point ? `${points[index - 1] ? "L" : "M"}${point.x.toFixed(1)},${point.y.toFixed(1)}` : "",
    )
    .join("");
}
