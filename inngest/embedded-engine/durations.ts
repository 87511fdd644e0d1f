const unitMs: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Milliseconds in a duration as Inngest writes them (`10s`, `1h30m`); `null` for anything else. */
export function durationMs(text: string): number | null {
  if (!/^(\d+(ms|[smhdw]))*$/.test(text)) return null;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|[smhdw])/g)) {
    total += Number(count) * (unitMs[unit ?? ""] ?? 0);
  }
  return total;
}

/** Milliseconds from now to the end of a sleep, given as a duration or as a date. */
export function sleepMs(text: string): number {
  return durationMs(text) ?? Math.max(0, Date.parse(text) - Date.now());
}
