const dayMs = 24 * 60 * 60 * 1_000;

/**
 * The delay before retry n: `min(24 h, e^(2.5 n) s)`: 12 s, 2 m 28 s, 30 m 8 s, 6 h 7 m 6 s, then 24 h; plus up to
 * 10 % of jitter, never beyond 24 h (at the cap the jitter is taken off).
 *
 * @param n 1 for the first retry
 * @param options.scale multiplies the delay (`POSTHORN_RETRY_SCALE`)
 * @param options.random 0 to 1, decides the jitter
 * @returns milliseconds
 */
export function retryDelayMs(n: number, options: { scale: number; random: number }): number {
  const delayMs = Math.min(dayMs, Math.exp(2.5 * n) * 1_000);
  const jitterMs = delayMs * 0.1 * options.random;
  const withJitter = delayMs + jitterMs > dayMs ? dayMs - jitterMs : delayMs + jitterMs;
  return Math.round(withJitter * options.scale);
}
