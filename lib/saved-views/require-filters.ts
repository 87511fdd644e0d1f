import { validationFailed } from "../core/errors";
import { findUnknownFilter, type SavedLog, savedViewFilters } from "../core/saved-views";

/** Throws `validation_failed` if `query` has anything but filters of the log. */
export function requireFilters(log: SavedLog, query: string): void {
  const unknown = findUnknownFilter(log, query);
  if (unknown === null) return;
  const message = `"${unknown}" is not a filter; use only ${savedViewFilters[log].join(", ")}`;
  throw validationFailed([{ path: "query", message }]);
}
