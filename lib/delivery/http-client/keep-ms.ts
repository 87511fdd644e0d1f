const usualMs = 4_000;
const mostMs = 10 * 60_000;
/** Earlier than the receiver's own close by this much, because a close takes time to arrive. */
const earlierMs = 2_000;

/**
 * How many milliseconds a connection is kept without a request: two seconds less than its receiver says (`Keep-Alive:
 * timeout=5`), 4 s if it does not say. None if that leaves nothing.
 *
 * @param header the value of `Keep-Alive`
 */
export function keepMs(header: string | undefined): number {
  const seconds = /\btimeout\s*=\s*"?(\d+)/i.exec(header ?? "")?.[1];
  return seconds === undefined ? usualMs : Math.min(Number(seconds) * 1_000 - earlierMs, mostMs);
}
