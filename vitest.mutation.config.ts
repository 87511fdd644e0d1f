import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };

/** The unit tests of what Stryker mutates (`stryker.config.json`), in one project: it runs them in threads. */
export default defineConfig({
  resolve: { alias },
  test: {
    include: ["lib/{core,delivery,http,platform,signatures}/**/*.test.ts"],
    exclude: ["**/*.db.test.ts"],
    testTimeout: 30_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
