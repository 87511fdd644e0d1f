import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { hasOlderPostgres } from "./bin/embedded-postgres/binaries.mjs";
import { oldestMajor } from "./db/connection/oldest-major.mjs";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };

const database = {
  include: ["{app,lib,db,inngest,bin}/**/*.db.test.ts"],
  globalSetup: ["db/testing/global-setup.ts"],
  // `createTestInstance` forgets what the file before left; loading all modules again would take half of the time.
  isolate: false,
  testTimeout: 30_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 20_000 } },
};

const program = {
  fileParallelism: false,
  maxConcurrency: 2,
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 60_000 } },
};

const withOldest = hasOlderPostgres(oldestMajor);
if (!withOldest)
  console.warn(
    `There is no PostgreSQL ${oldestMajor} for this system: the project database-oldest is left out.`,
  );

if (!process.env.INNGEST_TEST_BIN)
  console.warn("INNGEST_TEST_BIN names no Inngest server: the tests that need one are skipped.");

if (spawnSync("promtool", ["--version"]).status !== 0)
  console.warn("There is no promtool (Debian's prometheus): the test of alerts by it is skipped.");

if (spawnSync("helm", ["version"]).status !== 0)
  console.warn("There is no helm: the tests that render the chart by it are skipped.");

/**
 * `unit` needs nothing, `component` a document, which happy-dom is; `database` runs against the embedded server, each file on its own copy of a template
 * database, and `database-oldest` does the same on the oldest PostgreSQL that is supported; `system` and
 * `faults` start the built program as a user would (run `npm run build` first).
 */
export default defineConfig({
  test: {
    // Vitest leaves one core to itself; these wait for databases and servers, which have work of their own.
    maxWorkers: Math.max(2, availableParallelism()),
    /** postgres.js leaves its look-up of array types unhandled, which fails if a test ends as a connection opens. */
    onUnhandledError: (error) => {
      if ("query" in error && String(error.query).includes("pg_catalog.pg_type")) return false;
    },
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["{app,components,lib,db,inngest,bin}/**/*.test.ts", "e2e/bench/**/*.test.ts"],
          exclude: ["**/*.db.test.ts", "node_modules/**"],
          // Their modules hold no state that tests could meet, and most of the time would go into loading them again.
          isolate: false,
          testTimeout: 30_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        resolve: { alias },
        test: {
          name: "component",
          include: ["components/**/*.test.tsx"],
          environment: "happy-dom",
          setupFiles: ["components/testing/setup.ts"],
          testTimeout: 30_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        resolve: { alias },
        test: { name: "database", ...database },
      },
      ...(withOldest
        ? [
            {
              resolve: { alias },
              test: {
                name: "database-oldest",
                ...database,
                // The first start servers of their own, of the version that Posthorn brings along. Sign-in, permissions, inputs
                // and functions do not depend on the version. The limit of sign-ins does, and is tested in db/queries on both.
                exclude: [
                  "bin/embedded-postgres/**",
                  "inngest/**",
                  "lib/{account,auth}/**",
                  "lib/http/{define-api,every-operation.api,other-routes.api,tenancy.api}.db.test.ts",
                  "lib/verbs/own-input.db.test.ts",
                  "node_modules/**",
                ],
                provide: { postgresMajor: oldestMajor },
              },
            },
          ]
        : []),
      { resolve: { alias }, test: { name: "system", include: ["e2e/system/**/*.test.ts"], ...program } },
      { resolve: { alias }, test: { name: "faults", include: ["e2e/faults/**/*.test.ts"], ...program } },
    ],
  },
});
