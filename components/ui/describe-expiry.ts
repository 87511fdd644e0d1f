const dayMs = 86_400_000;
/** A warning is shown from this many days before a certificate expires: authorities renew earlier. */
const warnedDays = 14;

/**
 * Says that a certificate is about to expire: "expires in 9 days".
 *
 * @returns `null` while there is time, and if the expiry is unknown
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
