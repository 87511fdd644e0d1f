/** `kept`: no SMTP server was set, so it is only shown in the dashboard. `queued` ends with a try. */
export const emailStatuses = ["queued", "sent", "failed", "kept"] as const;

/** Longer than a try can last: meanwhile no other process takes an email that is being sent. */
export const sendLeaseSeconds = 300;
/** Tries of an email. With the waits between them they last about two days. */
export const sendTriesMax = 50;
/** A run sends for at most this long and then hands over to the next. */
export const sendRunMsMax = 20_000;
/** How long shutting down waits for an email that is being sent. */
export const sendStopMsMax = 15_000;

/** Seconds to wait after the try with this number (from 1): a minute, doubling, up to an hour. */
export function sendDelaySeconds(tries: number): number {
  return Math.min(3_600, 60 * 2 ** (tries - 1));
}
