import { errorCode, StartError } from "../embedded-postgres/start-error.mjs";
import { checkout } from "./settings.mjs";

/**
 * Puts the patches of `db/patches` in place, even if npm does not run install scripts.
 * @throws StartError if one cannot be
 */
export async function patchPackages() {
  // It is imported once the packages are there.
  const { applyPatches } = await import("../../db/package-patches.mjs");
  /** @type {string[]} */
  let failed;
  try {
    failed = applyPatches(checkout);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const code = errorCode(error);
    throw new StartError(
      code === "ENOENT"
        ? `A package that needs a patch is not installed: run npm ci (${why}).`
        : `A package could not be patched: let this account write to node_modules, or run node bin/patch.mjs with an account that may (${why}).`,
      { cause: error },
    );
  }
  if (failed.length === 0) return;
  throw new StartError(
    `The packages in node_modules are not those of package-lock.json: ${failed.join(", ")} does not fit. Run npm ci.`,
  );
}
