import type { Server } from "node:http";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

let lastRequestAt = Number.NEGATIVE_INFINITY;

/** How often connections that have become idle are closed. */
const closeIdleMs = 1_000;

/** Records that a request came in. */
export function noteRequest(): void {
  lastRequestAt = performance.now();
}

/** Whether a request came in within the last so many milliseconds. */
export function wasAskedWithin(ms: number): boolean {
  return performance.now() - lastRequestAt < ms;
}

/**
 * Accepts no more connections, and resolves when all requests under way are answered. Idle connections stay open for
 * another second, because a proxy may be sending on one. Requests that take longer than `withinMs` are cut off.
 */
export async function closeServer(server: Server, withinMs: number): Promise<void> {
  // Node's own `close` of an HTTP server would close idle connections at once.
  const closed = new Promise<void>((resolve) => {
    net.Server.prototype.close.call(server, () => resolve());
  });
  const closingIdle = setInterval(() => server.closeIdleConnections(), closeIdleMs);
  await Promise.race([closed, sleep(withinMs, undefined, { ref: false })]);
  clearInterval(closingIdle);
  server.closeAllConnections();
}
