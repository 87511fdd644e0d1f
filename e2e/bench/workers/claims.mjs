import { fileURLToPath } from "node:url";
import { createViteServer } from "vitest/node";
import { checkout } from "../../../bin/launcher/settings.mjs";
import { answerCalls } from "../../support/worker-process.mjs";
import { openLatencies } from "../support/latencies.mjs";

answerCalls({ measure });

/**
 * Runs the app's claim from its source, which Node alone cannot read.
 * @param {Parameters<typeof import("../support/measure-claims.ts").measureClaims>[0]} params
 * @returns {Promise<import("../scenarios/claims.mjs").ClaimTimes>}
 */
async function measure(params) {
  const vite = await createViteServer({
    configFile: false,
    root: checkout,
    logLevel: "error",
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const { measureClaims } = /** @type {typeof import("../support/measure-claims.ts")} */ (
      await vite.ssrLoadModule(fileURLToPath(new URL("../support/measure-claims.ts", import.meta.url)))
    );
    const { timesMs, ...rest } = await measureClaims(params);
    const latencies = openLatencies();
    for (const ms of timesMs) latencies.record(ms);
    return { p50Ms: latencies.percentileMs(0.5), p99Ms: latencies.percentileMs(0.99), ...rest };
  } finally {
    await vite.close();
  }
}
