/** Ranges of time that end now. */
export const timeRanges = ["15m", "1h", "24h", "7d", "30d"] as const;
export type TimeRange = (typeof timeRanges)[number];

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

export const timeRangeMs: Record<TimeRange, number> = {
  "15m": 15 * minuteMs,
  "1h": 60 * minuteMs,
  "24h": dayMs,
  "7d": 7 * dayMs,
  "30d": 30 * dayMs,
};
