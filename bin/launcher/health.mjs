import http from "node:http";

/** @typedef {{ setup?: string, role?: string }} Health the app's health response when it is well */

/** One of the wildcard addresses, which mean all addresses of a machine.
 *  @type {Record<string, string>} */
const reachable = { "0.0.0.0": "127.0.0.1", "::": "::1" };

/**
 * Asks the app how it is.
 * @param {number} port
 * @param {string} [address] that it listens on
 * @returns {Promise<Health | null>} null while it does not answer, or is not well
 */
export function askHealth(port, address = "127.0.0.1") {
  return new Promise((resolve) => {
    const request = http.get(
      { host: reachable[address] ?? address, port, path: "/api/health", agent: false, timeout: 5_000 },
      (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (chunk) => {
          body += chunk;
        });
        response.on("error", () => resolve(null));
        response.on("end", () => resolve(response.statusCode === 200 ? parse(body) : null));
      },
    );
    request.on("timeout", () => request.destroy(new Error("no answer")));
    request.on("error", () => resolve(null));
  });
}

/**
 * @param {string} body
 * @returns {Health}
 */
function parse(body) {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}
