import type { DeliveriesFilter } from "@/lib/contract/deliveries";
import type { StartReplayInput } from "@/lib/contract/replays";
import { timeRangeMs } from "@/lib/core/time-ranges";

/** The log's filter for a job. A job's range is fixed: one that ends now ends when the job was requested. */
export function jobFilter({
  range,
  limit: _limit,
  cursor: _cursor,
  ...filter
}: DeliveriesFilter): StartReplayInput["filter"] {
  const from = range ? new Date(Date.now() - timeRangeMs[range]).toISOString() : filter.from;
  const given = Object.entries({ ...filter, from }).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return Object.fromEntries(given);
}
