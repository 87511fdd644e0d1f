/** Inngest's own table (its server's `pkg/backoff`), in seconds; the last entry repeats. */
const backoffSeconds = [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200];

/** Milliseconds to wait after a failed attempt (0 for the first one), with up to 30 s of jitter, as Inngest does. */
export function backoffMs(attempt: number): number {
  const seconds = backoffSeconds[Math.min(attempt, backoffSeconds.length - 1)] ?? 0;
  return seconds * 1000 + Math.random() * 30_000;
}
