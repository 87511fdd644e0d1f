import { log } from "./log";

/** How far the app's and the database's clocks may differ before a warning. */
export const clockSkewMsMax = 1_000;

/**
 * How far the app's clock is ahead of the database's (negative: behind), in milliseconds, measured by one query: 0 if
 * the database's answer lies between the two times at which it may have been given.
 *
 * @param askedAt milliseconds since 1970 by the app's clock, when the query was sent
 * @param databaseNow the answer, by the database's clock
 * @param answeredAt when the answer arrived
 */
export function clockSkewMs({
  askedAt,
  databaseNow,
  answeredAt,
}: {
  askedAt: number;
  databaseNow: number;
  answeredAt: number;
}): number {
  if (databaseNow < askedAt) return Math.round(askedAt - databaseNow);
  if (databaseNow > answeredAt) return Math.round(answeredAt - databaseNow);
  return 0;
}

let isSkewed = false;

/** Logs that the clocks differ by more than a second, and that they agree again, once each. */
export function reportClockSkew(skewMs: number): void {
  const wasSkewed = isSkewed;
  isSkewed = Math.abs(skewMs) > clockSkewMsMax;
  if (isSkewed && !wasSkewed) {
    const direction = skewMs > 0 ? "ahead of" : "behind";
    log().warn(
      { skewMs },
      `this machine's clock is ${Math.round(Math.abs(skewMs) / 100) / 10} s ${direction} the database's: receivers refuse signatures whose timestamp is too far off. Synchronize both clocks with NTP.`,
    );
  }
  if (wasSkewed && !isSkewed) log().info({ skewMs }, "this machine's clock agrees with the database's again");
}
