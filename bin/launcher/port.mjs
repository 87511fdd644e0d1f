import { lookup } from "node:dns/promises";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode, StartError } from "../embedded-postgres/start-error.mjs";
import { wrongHost } from "./settings.mjs";

/** Hosts that listen on every address of this machine, and those that listen on loopback. */
const forAllOrItself = /^(0\.0\.0\.0|::|127\.0\.0\.1|::1)$/;

/**
 * The address that a host is. The app listens on it, the launcher asks it for its health.
 * @param {string} hostname an address, or a name that has one
 * @returns {Promise<string>}
 */
export async function addressOf(hostname) {
  if (net.isIP(hostname.replace(/%.*$/, ""))) return hostname;
  try {
    return (await lookup(hostname)).address;
  } catch {
    throw wrongHost(hostname, "is no address and does not resolve to one");
  }
}

/**
 * Throws unless a port is free.
 * @param {{ port: number, hostname: string, waitMs?: number }} options `waitMs`: how long to wait for it, as for an
 *   app that shuts down because its launcher was killed
 */
export async function assertPortFree({ port, hostname, waitMs = 0 }) {
  const deadline = Date.now() + waitMs;
  while (!(await isFree(port, hostname))) {
    if (Date.now() >= deadline) {
      throw new StartError(
        `Port ${port} is taken by another program. Stop that program, or set PORT to another port, such as PORT=${port + 1}.`,
      );
    }
    await sleep(200);
  }
}

/**
 * Something may listen on the same port at another address of this machine, where a browser would find it instead.
 * @param {number} port
 * @param {string} hostname
 */
async function isFree(port, hostname) {
  if (!(await canListen(port, hostname))) return false;
  if (!forAllOrItself.test(hostname)) return true;
  const answers = await Promise.all(["127.0.0.1", "::1"].map((host) => accepts(port, host)));
  return !answers.includes(true);
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>}
 */
function canListen(port, host) {
  const server = net.createServer();
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const code = errorCode(error);
      if (code === "EADDRINUSE") resolve(false);
      else if (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT" || code === "EINVAL") {
        reject(wrongHost(host, `is no address of this machine (${code})`));
      } else if (code === "EACCES") {
        reject(
          new StartError(
            `This account is not allowed to listen on port ${port}. Set PORT to a number above 1023.`,
          ),
        );
      } else reject(error);
    });
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>}
 */
function accepts(port, host) {
  const socket = net.connect({ port, host });
  return new Promise((resolve) => {
    socket.setTimeout(500, () => resolve(false));
    socket.on("connect", () => resolve(true));
    socket.on("error", () => resolve(false));
  }).then((answer) => {
    socket.destroy();
    return answer;
  });
}
