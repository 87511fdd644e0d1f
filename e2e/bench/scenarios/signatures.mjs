import { drainOnce } from "../support/drain-once.mjs";
import { deleteEndpoints, makeEndpoints } from "../support/endpoints.mjs";
import { publishHeld } from "../support/held.mjs";
import { RefusedRequest } from "../support/posthorn.mjs";
import { summarize } from "../support/summarize.mjs";

const kinds = /** @type {const} */ (["hmac", "ed25519", "jwt"]);
/** @typedef {typeof kinds[number]} SignatureKind */
/** @typedef {import("../support/summarize.mjs").Summary} Summary */
const endpointCount = 20;

/**
 * @typedef {object} SignaturesResult
 * @property {number} deliveries of a drain
 * @property {number} endpoints
 * @property {SignatureKind[]} skipped kinds that the API refuses
 * @property {{ kind: SignatureKind, drain: Summary, ratio: Summary, ratios: number[] }[]} kinds deliveries a
 *   second, and their ratio to hmac's of the same round
 */

/**
 * How fast what is due is drained, by the kind of signature; the kinds take turns within a round.
 * @param {import("../stage.mjs").Stage} stage
 * @param {{ rounds: number, deliveries: number, say: (line: string) => void }} options
 * @returns {Promise<SignaturesResult>}
 */
export async function measureSignatures(stage, { rounds, deliveries, say }) {
  /** @type {{ kind: SignatureKind, endpoints: import("../support/endpoints.mjs").Endpoint[], drains: number[] }[]} */
  const measured = [];
  /** @type {SignatureKind[]} */
  const skipped = [];
  for (const kind of kinds) {
    const endpoints = await makeSigned(stage, kind);
    if (endpoints) measured.push({ kind, endpoints, drains: [] });
    else {
      skipped.push(kind);
      say(`signatures: ${kind} is skipped, the API refuses it`);
    }
  }
  const drain = async (/** @type {typeof measured[number]} */ { endpoints }, /** @type {number} */ count) => {
    await publishHeld(stage, endpoints, count);
    return (await drainOnce(stage, endpoints, count)).drain;
  };
  // Not counted: everybody's code gets compiled.
  for (const one of measured) await drain(one, Math.ceil(deliveries / 5));
  for (let round = 1; round <= rounds; round += 1) {
    // The one that begins changes, so that no kind is always the first.
    for (let turn = 0; turn < measured.length; turn += 1) {
      const one = measured[(round + turn) % measured.length];
      one?.drains.push(await drain(one, deliveries));
    }
    const drains = measured.map(({ kind, drains }) => `${kind} ${Math.round(drains.at(-1) ?? Number.NaN)}/s`);
    say(`signatures ${round}/${rounds}: ${drains.join(", ")}`);
  }
  for (const { endpoints } of measured) await deleteEndpoints(stage, endpoints);

  const hmac = measured[0]?.drains ?? [];
  return {
    deliveries,
    endpoints: endpointCount,
    skipped,
    kinds: measured.map(({ kind, drains }) => {
      const ratios = drains.map((one, round) => one / (hmac[round] ?? Number.NaN));
      return { kind, drain: summarize(drains), ratio: summarize(ratios), ratios };
    }),
  };
}

/**
 * @param {import("../stage.mjs").Stage} stage
 * @param {SignatureKind} signature
 * @returns `null` if the API does not know the kind
 */
async function makeSigned(stage, signature) {
  try {
    const options = { name: `signed_${signature}`, count: endpointCount, url: stage.receiver.url, signature };
    return await makeEndpoints(stage, options);
  } catch (error) {
    if (error instanceof RefusedRequest && error.status === 422) return null;
    throw error;
  }
}
