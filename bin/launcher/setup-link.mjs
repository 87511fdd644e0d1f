import { readFileSync } from "node:fs";
import path from "node:path";
import { isForOthers } from "../../lib/platform/own-url.mjs";
import { setupToken } from "../../lib/setup/setup-token.mjs";

/**
 * Where the first account is made. If others can reach that page, its link holds a token.
 * @param {string} url of the installation
 * @param {string} dataDir keeps the secret that the token is derived from, unless it is set
 */
export function setupLink(url, dataDir) {
  const { APP_URL, HOST, POSTHORN_AUTH_SECRET } = process.env;
  const page = new URL("/setup", url).href;
  if (!APP_URL && !isForOthers(HOST)) return page;
  return `${page}?token=${setupToken(POSTHORN_AUTH_SECRET || keptSecret(dataDir))}`;
}

/** @param {string} dataDir */
function keptSecret(dataDir) {
  /** @type {{ authSecret: string }} */
  const { authSecret } = JSON.parse(readFileSync(path.join(dataDir, "secrets.json"), "utf8"));
  return authSecret;
}
