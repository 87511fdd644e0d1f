/** The sum of counts, like those of deliveries by webhook. */
export const sumCounts = (counts: readonly { count: number }[]): number =>
  counts.reduce((sum, { count }) => sum + count, 0);
