import { createViteServer } from "vitest/node";
import { checkout } from "../../../bin/launcher/settings.mjs";

/**
 * Works with a module of the app's sources, which Node alone cannot read.
 * @template Module, Result
 * @param {string} file within the checkout
 * @param {(module: Module) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withSource(file, work) {
  const vite = await createViteServer({
    configFile: false,
    root: checkout,
    logLevel: "error",
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    return await work(/** @type {Module} */ (await vite.ssrLoadModule(`${checkout}/${file}`)));
  } finally {
    await vite.close();
  }
}
