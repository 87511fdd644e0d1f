import { answerCalls } from "../../support/worker-process.mjs";
import { openLatencies } from "../support/latencies.mjs";
import { withSource } from "../support/load-source.mjs";

answerCalls({ measure });

/** @typedef {typeof import("../support/measure-claims.ts")} Claims */

/**
 * Runs the app's claim from its source.
 * @param {Parameters<Claims["measureClaims"]>[0]} params
 * @returns {Promise<import("../scenarios/claims.mjs").ClaimTimes>}
 */
async function measure(params) {
  const { timesMs, ...rest } = await withSource(
    "e2e/bench/support/measure-claims.ts",
    (/** @type {Claims} */ { measureClaims }) => measureClaims(params),
  );
  const latencies = openLatencies();
  for (const ms of timesMs) latencies.record(ms);
  return { p50Ms: latencies.percentileMs(0.5), p99Ms: latencies.percentileMs(0.99), ...rest };
}
