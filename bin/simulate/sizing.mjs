/**
 * What a delivery costs, with its share of publishing, and what machines have.
 * @typedef {object} Costs
 * @property {number} appUs processor time of the app, in microseconds
 * @property {number} databaseUs of PostgreSQL
 * @property {number} storedBytes that the database keeps
 * @property {number} walBytes that it writes ahead
 * @property {number} retentionDays
 * @property {number} databaseCores of one machine
 * @property {number} databaseTb of its disk
 * @property {number} walMb a second that its disk and its standby take
 * @property {number} processCores that one app process can use
 * @property {number} utilization of what there is, so that a peak and the loss of a machine find room
 */

/** @typedef {"processor" | "write-ahead log" | "disk"} Bound */

/**
 * What one database bears.
 * @param {Costs} costs
 * @returns {{ perSecond: number, boundBy: Bound }} deliveries a second
 */
export function databaseCapacity(costs) {
  /** @type {[Bound, number][]} */
  const limits = [
    ["processor", (costs.databaseCores * 1e6) / costs.databaseUs],
    ["write-ahead log", (costs.walMb * 1e6) / costs.walBytes],
    ["disk", (costs.databaseTb * 1e12) / (costs.storedBytes * costs.retentionDays * 86_400)],
  ];
  const scarcest = limits.reduce((least, one) => (one[1] < least[1] ? one : least));
  return { perSecond: scarcest[1] * costs.utilization, boundBy: scarcest[0] };
}

/**
 * How much is needed for a rate.
 * @param {number} perSecond deliveries
 * @param {Costs} costs
 * @returns {{ databases: number, boundBy: Bound, processes: number, cores: number, storedTb: number, walMb: number }}
 *   `cores` that are busy, of app and databases; `walMb` a second, of all databases
 */
export function sizeFor(perSecond, costs) {
  const capacity = databaseCapacity(costs);
  const appCores = (perSecond * costs.appUs) / 1e6;
  return {
    databases: Math.ceil(perSecond / capacity.perSecond),
    boundBy: capacity.boundBy,
    processes: Math.ceil(appCores / (costs.processCores * costs.utilization)),
    cores: appCores + (perSecond * costs.databaseUs) / 1e6,
    storedTb: (perSecond * costs.storedBytes * costs.retentionDays * 86_400) / 1e12,
    walMb: (perSecond * costs.walBytes) / 1e6,
  };
}
