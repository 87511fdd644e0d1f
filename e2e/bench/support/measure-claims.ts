import { randomBytes } from "node:crypto";
import { openDatabase } from "../../../db/connection/client";
import { migrate } from "../../../db/migrate";
import { claimDeliveries } from "../../../db/queries/claim-deliveries";
import { releaseLeases } from "../../../db/queries/release-leases";
import { fillQueue } from "../../../db/testing/fill-queue";
import { createDatabase, dropDatabase } from "../../../db/testing/test-server";
import { claimBytesMax, claimCountMax, leaseSeconds } from "../../../lib/core/delivery-limits";

/** As many requests in flight as a process has by default (`POSTHORN_CONCURRENCY`). */
const concurrency = 256;
/** Not counted: each connection plans its statements. */
const warmUpClaims = 20;

/**
 * Claims from a full queue, on a database of its own that goes afterwards, with the app's own statement and the
 * connections of its engine. What is claimed is given back before the next claim, but for the dead endpoint's: an
 * endpoint that never answers keeps its slots.
 *
 * @returns the time of each claim in milliseconds; what it took on average; after how many claims (the uncounted ones
 *   included) each other endpoint had its turn, `null` if not all had one; and how many of the dead one were leased at the end
 */
export async function measureClaims(params: {
  serverUrl: string;
  endpoints: number;
  pending: number;
  dead: number;
  bodyBytes: number;
  claims: number;
}): Promise<{
  timesMs: number[];
  takenPerClaim: number;
  claimsUntilAllHadTurn: number | null;
  deadLeased: number;
}> {
  const name = `bench_${randomBytes(8).toString("hex")}`;
  const url = await createDatabase(params.serverUrl, name);
  try {
    await migrate(url);
    const { sql, engine, close } = openDatabase(url, { statementTimeoutMs: 0 });
    try {
      const { deadEndpointId } = await fillQueue(sql, params);
      const served = new Set<string>();
      const timesMs: number[] = [];
      let taken = 0;
      const deadLeased = new Set<string>();
      let claimsUntilAllHadTurn: number | null = null;
      for (let number = 1; number <= warmUpClaims + params.claims; number += 1) {
        const startedAt = performance.now();
        const { deliveries: claimed } = await claimDeliveries(engine, {
          slots: Math.min(claimCountMax, concurrency - deadLeased.size),
          bytes: claimBytesMax,
          leaseSeconds,
        });
        const ms = performance.now() - startedAt;
        const others = claimed.filter((one) => one.endpointId !== deadEndpointId);
        for (const { id, endpointId } of claimed) {
          if (endpointId === deadEndpointId) deadLeased.add(id);
          else served.add(endpointId);
        }
        if (served.size === params.endpoints - 1) claimsUntilAllHadTurn ??= number;
        if (number > warmUpClaims) {
          timesMs.push(ms);
          taken += claimed.length;
        }
        await releaseLeases(engine, others);
      }
      return {
        timesMs,
        takenPerClaim: taken / params.claims,
        claimsUntilAllHadTurn,
        deadLeased: deadLeased.size,
      };
    } finally {
      await close();
    }
  } finally {
    await dropDatabase(params.serverUrl, name);
  }
}
