import { existsSync } from "node:fs";
import type { NextConfig } from "next";

const config: NextConfig = {
  // Types are checked by `npm run verify`, once, and not again by each build.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  // Browsers request it if a page does not name an icon in time, such as one that is not found.
  redirects: async () => [{ source: "/favicon.ico", destination: "/favicon.svg", permanent: true }],
  // Node loads these unbundled, so that there is one copy of each in the process.
  serverExternalPackages: [
    "postgres",
    "inngest",
    "pino",
    "croner",
    "prom-client",
    "@opentelemetry/api",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace-base",
  ],
  experimental: {
    // Nothing reads them, and writing them takes a third of a build.
    serverSourceMaps: false,
    // Writing it takes as long again as the compiler saves once: most installations are built once.
    turbopackFileSystemCacheForBuild: existsSync(".next/BUILD_ID"),
    // Few and larger files: a first page is smaller, because they compress better, while the next one loads some of
    // it again.
    turbopackChunking: {
      firstPageLoadPriority: 1,
      minChunkSize: 600_000,
      maxMergeChunkSize: 1_000_000,
      requestCost: 1_000_000,
    },
  },
};

export default config;
