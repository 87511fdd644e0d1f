import { timingSafeEqual } from "node:crypto";
import { settings } from "../platform/env";
import { setupToken } from "./setup-token.mjs";

/**
 * Whether whoever brings this token may make the first owner. With `APP_URL`, or a `HOST` for others, they reach the setup, too: it takes
 * the token of the link that was printed at start. Otherwise Posthorn listens on this machine only.
 */
export function maySetUp(token: string | undefined): boolean {
  const { hasAppUrl, listensForOthers, authSecret } = settings();
  if (!hasAppUrl && !listensForOthers) return true;
  const expected = Buffer.from(setupToken(authSecret));
  const given = Buffer.from(token ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
