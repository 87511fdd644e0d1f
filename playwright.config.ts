import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";

const systemChromium = "/usr/bin/chromium";
/** `npm run verify` says which; else the system's; else Playwright's own. */
const executablePath =
  process.env.POSTHORN_CHROMIUM ?? (existsSync(systemChromium) ? systemChromium : undefined);

/** Chromium refuses its sandbox to root, and asks its maker's servers for this and that unless told not to. */
const args = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Journeys against the built app, which each file starts for itself: `api` without a browser, `browser` in Chromium.
 * With `SCREENSHOTS_DIR` set there is a third project, `screenshots`, which takes a picture of every page there.
 */
export default defineConfig({
  testDir: "e2e",
  // Each runs an app, a database and a Chromium, which wait for one another.
  workers: Math.min(4, Math.max(2, availableParallelism())),
  fullyParallel: false,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    launchOptions: { executablePath, args },
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "api", testMatch: "journeys/api-*.spec.ts" },
    { name: "browser", testMatch: "journeys/*.spec.ts", testIgnore: "journeys/api-*.spec.ts" },
    ...(process.env.SCREENSHOTS_DIR
      ? [{ name: "screenshots", testMatch: "support/screenshots.ts", timeout: 600_000 }]
      : []),
  ],
});
