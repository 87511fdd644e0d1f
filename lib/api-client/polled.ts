import { ApiError } from "./api-error";

/** How soon is tried again what could not be read: by itself it may work again; or only if somebody acts. */
const temporaryFaultMs = 5_000;
const lastingFaultMs = 30_000;

/**
 * How soon a query is read again, in milliseconds: the `refetchInterval` of every query, so that none stops because of a
 * fault.
 *
 * @param everyMs the same by what was read; `false` if that cannot change any more
 */
export function polled<Data>(
  { state: { data, error } }: { state: { data: Data | undefined; error: Error | null } },
  everyMs: (data: Data) => number | false,
): number | false {
  if (error) return isTemporary(error) ? temporaryFaultMs : lastingFaultMs;
  // A first read that was canceled is made up for.
  return data === undefined ? temporaryFaultMs : everyMs(data);
}

/** Whether it may go away without anybody doing something about it: no answer, or a server that is in trouble. */
export function isTemporary(error: Error): boolean {
  return !(error instanceof ApiError) || error.status === 0 || error.status === 429 || error.status >= 500;
}
