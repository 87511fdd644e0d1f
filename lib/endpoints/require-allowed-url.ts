import { validationFailed } from "../core/errors";
import { refuseUrl } from "../delivery/address-guard/refuse-url";
import { settings } from "../platform/env";

/**
 * Checks what a webhook's URL itself shows. Whether its host resolves, and to an allowed address, is checked by each
 * attempt.
 *
 * @throws AppError `validation_failed`, naming `url`
 */
export function requireAllowedUrl(url: string): void {
  const refusal = refuseUrl(new URL(url), settings().privateTargets);
  if (refusal !== null) throw validationFailed([{ path: "url", message: refusal }]);
}
