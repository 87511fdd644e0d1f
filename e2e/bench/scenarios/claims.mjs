import { bodyBytes } from "../support/event.mjs";

/**
 * @typedef {object} ClaimTimes
 * @property {number} p50Ms
 * @property {number} p99Ms
 * @property {number} takenPerClaim
 * @property {number | null} claimsUntilAllHadTurn `null`: not all had one
 * @property {number} deadLeased of the dead endpoint, at the end
 */

/** @typedef {{ endpoints: number, pending: number, dead: number, claims: number } & ClaimTimes} ClaimsResult */

/**
 * How long a claim takes in a long queue of which a part, the oldest, belongs to an endpoint that never answers.
 * Claims one at a time, with Posthorn idle beside it, on another database of the same server.
 * @param {import("../stage.mjs").Stage} stage
 * @param {{ endpoints: number, pending: number, dead: number, claims: number, say: (line: string) => void }} options
 * @returns {Promise<ClaimsResult>}
 */
export async function measureClaims(stage, { say, ...sizes }) {
  const params = { ...sizes, serverUrl: stage.posthorn.databaseUrl, bodyBytes };
  const claims = stage.startWorker("claims.mjs");
  const times = /** @type {ClaimTimes} */ (await claims.call("measure", params));
  await claims.stop();
  say(`claims: p50 ${times.p50Ms.toFixed(1)} ms, p99 ${times.p99Ms.toFixed(1)} ms`);
  return { ...sizes, ...times };
}
