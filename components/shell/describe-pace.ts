/** How long a replay takes at a pace, as text: "about 8 minutes", or "at most a minute" for less. */
export function describePace(count: number, ratePerSecond: number): string {
  const minutes = Math.round(count / ratePerSecond / 60);
  if (minutes <= 1) return "at most a minute";
  if (minutes < 90) return `about ${minutes} minutes`;
  return `about ${Math.round(minutes / 60)} hours`;
}
