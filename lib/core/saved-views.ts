/** The two views of the event log, each with its own filters, by their names in the address. */
export const savedViewFilters = {
  deliveries: [
    "status",
    "type",
    "response",
    "cause",
    "attempts",
    "webhook",
    "from",
    "to",
    "range",
    "group",
    "replay",
    "q",
    "tests",
  ],
  published: ["type", "from", "to", "q"],
} as const;
export type SavedLog = keyof typeof savedViewFilters;
export const savedLogs = Object.keys(savedViewFilters) as [SavedLog, ...SavedLog[]];

/** The most views that a person can have in a workspace. */
export const savedViewsMax = 50;
export const savedViewNameMax = 60;
/** The most characters of a view's filters. */
export const savedViewQueryMax = 2_000;

/** The first name in `query` that is not a filter of the log; `null` if all are. */
export function findUnknownFilter(log: SavedLog, query: string): string | null {
  const known: readonly string[] = savedViewFilters[log];
  for (const name of new URLSearchParams(query).keys()) if (!known.includes(name)) return name;
  return null;
}
