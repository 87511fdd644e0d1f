/**
 * The present time by the clock that due times and leases are compared with, in whole milliseconds. It is rounded
 * down: rounded up, it would lie in the future.
 */
export const databaseNow = "date_trunc('milliseconds', now())";

/**
 * SQL that converts a time by the app's clock to the database's. Clocks that differ by at most one second count as
 * equal, because a statement takes time to arrive.
 *
 * @param time by the app's clock
 * @param appNow what the app's clock says when the statement is sent
 */
export function onDatabaseClock(time: string, appNow: string): string {
  const skew = `now() - ${appNow}::timestamptz`;
  return `${time} + case when ${skew} between interval '-1 second' and interval '1 second' then interval '0' else ${skew} end`;
}

/**
 * The milliseconds to add to a time by the app's clock: the same as `onDatabaseClock` adds.
 *
 * @param databaseNow and `appNow`: what the two clocks said at the same moment
 */
export function skewInMs(databaseNow: number, appNow: number): number {
  const skewMs = databaseNow - appNow;
  return Math.abs(skewMs) <= 1_000 ? 0 : skewMs;
}
