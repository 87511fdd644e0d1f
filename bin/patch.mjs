#!/usr/bin/env node
import { linkBinaries } from "./embedded-postgres/binaries.mjs";
import { StartError } from "./embedded-postgres/start-error.mjs";
import { patchPackages } from "./launcher/patch-packages.mjs";
import { reportError } from "./launcher/report-error.mjs";

/**
 * Applies the patches of packages (see CONTRIBUTING.md), and makes the links that they bring as a list, if npm ran no
 * install scripts. `npm run up` does both by itself.
 */
try {
  await patchPackages();
  linkBinaries();
} catch (error) {
  reportError(error);
  process.exitCode = error instanceof StartError ? error.exitCode : 1;
}
