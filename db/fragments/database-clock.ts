/** Now, by the clock that due times and leases are compared on, in whole milliseconds: rounded up, it would still be to come. */
export const databaseNow = "date_trunc('milliseconds', now())";

/**
 * SQL that turns a time by the app's clock into the same moment by the database's. Clocks that differ by a second or
 * less are taken as one: what a statement takes to arrive is no skew.
 *
 * @param time by the app's clock
 * @param appNow what that clock says as the statement is sent
 */
export function onDatabaseClock(time: string, appNow: string): string {
  const skew = `now() - ${appNow}::timestamptz`;
  return `${time} + case when ${skew} between interval '-1 second' and interval '1 second' then interval '0' else ${skew} end`;
}

/**
 * What to add to a time by the app's clock, in milliseconds: the same as `onDatabaseClock` adds.
 *
 * @param databaseNow and `appNow`: what the two clocks said at the same moment
 */
export function skewInMs(databaseNow: number, appNow: number): number {
  const skewMs = databaseNow - appNow;
  return Math.abs(skewMs) <= 1_000 ? 0 : skewMs;
}
