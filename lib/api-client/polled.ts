import { ApiError } from "./api-error";

/** How soon a failed read is retried: sooner if it may work again by itself, later if someone has to act. */
const temporaryFaultMs = 5_000;
const lastingFaultMs = 30_000;

/**
 * How soon a query is read again, in milliseconds: the `refetchInterval` of every query, so that no error stops the
 * polling.
 *
 * @param everyMs the interval, depending on what was read; `false` if that cannot change any more
 */
export function polled<Data>(
  { state: { data, error } }: { state: { data: Data | undefined; error: Error | null } },
  everyMs: (data: Data) => number | false,
): number | false {
  if (error) return isTemporary(error) ? temporaryFaultMs : lastingFaultMs;
  // Makes up for a canceled first read.
  return data === undefined ? temporaryFaultMs : everyMs(data);
}

/** Whether the error may go away by itself: no answer, or a server error. */
export function isTemporary(error: Error): boolean {
  return !(error instanceof ApiError) || error.status === 0 || error.status === 429 || error.status >= 500;
}
