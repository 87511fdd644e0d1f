import { StartError } from "../embedded-postgres/start-error.mjs";
import { ensureBuilt, isBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { patchPackages } from "./patch-packages.mjs";

/**
 * Installs and builds what is not up to date.
 * @param {{ dev?: boolean, build: boolean, ending: AbortSignal, installed?: () => Promise<unknown> }} options `dev`:
 *   the app runs from its sources; `build: false` takes what is there as it is; `installed`: what needs the packages
 *   and not the build, to be done beside it
 */
export async function prepare({ dev = false, build, ending, installed = async () => {} }) {
  if (!build) {
    if (!dev && !isBuilt()) throw new StartError("There is no build of the app. Start without --no-build.");
    await patchPackages();
    await installed();
    return;
  }
  await ensureInstalled(ending);
  await Promise.all([installed(), dev || ensureBuilt(ending)]);
}
