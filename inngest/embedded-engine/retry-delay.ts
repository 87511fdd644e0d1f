/** Inngest's own table (its server's `pkg/backoff`), in seconds; the last entry repeats. */
const backoffSeconds = [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200];

/** Milliseconds to wait after a failed attempt (0 for the first one), with up to 30 s of jitter, as Inngest does. */
export function backoffMs(attempt: number): number {
  const seconds = backoffSeconds[Math.min(attempt, backoffSeconds.length - 1)] ?? 0;
  return seconds * 1000 + Math.random() * 30_000;
}

/** Milliseconds that a `Retry-After` header asks for (seconds or a date); `null` when it asks for nothing. */
export function retryAfterMs(header: string | null): number | null {
  if (!header) return null;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
