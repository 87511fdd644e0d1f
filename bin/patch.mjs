#!/usr/bin/env node
import { StartError } from "./embedded-postgres/start-error.mjs";
import { patchPackages } from "./launcher/patch-packages.mjs";
import { reportError } from "./launcher/report-error.mjs";

/** Applies the patches of packages (see CONTRIBUTING.md). `npm run up` does so by itself. */
try {
  await patchPackages();
} catch (error) {
  reportError(error);
  process.exitCode = error instanceof StartError ? error.exitCode : 1;
}
