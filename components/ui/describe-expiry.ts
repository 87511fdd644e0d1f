const dayMs = 86_400_000;
/** From so many days on, a certificate that still works is warned of: authorities renew it earlier. */
const warnedDays = 14;

/**
 * Says that a certificate is about to expire: "expires in 9 days".
 *
 * @returns `null` while there is time, and if it is not known
 */
export function describeExpiry(expiresAt: string | null, now: Date): string | null {
  if (expiresAt === null) return null;
  const days = (Date.parse(expiresAt) - now.getTime()) / dayMs;
  if (days > warnedDays) return null;
  if (days <= 0) return "has expired";
  const whole = Math.floor(days);
  if (whole === 0) return "expires within a day";
  return `expires in ${whole} ${whole === 1 ? "day" : "days"}`;
}
