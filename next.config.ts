import type { NextConfig } from "next";

const config: NextConfig = {
  // Types are checked by `npm run verify`, once, and not again by each build.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  // They are loaded by Node as they are, so that there is one copy of each in the process.
  serverExternalPackages: ["postgres", "inngest", "undici", "pino", "croner"],
};

export default config;
