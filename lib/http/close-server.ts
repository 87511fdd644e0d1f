import type { Server } from "node:http";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

let lastRequestAt = Number.NEGATIVE_INFINITY;

/** How often connections that have become idle are closed. */
const closeIdleMs = 1_000;

/** Notes that a request came. */
export function noteRequest(): void {
  lastRequestAt = performance.now();
}

/** Whether a request came within the last so many milliseconds. */
export function wasAskedWithin(ms: number): boolean {
  return performance.now() - lastRequestAt < ms;
}

/**
 * Takes no more connections, and resolves when all that was being answered is. Idle connections stay for another second:
 * a proxy may be sending on one right now. What takes longer than `withinMs` is cut off.
 */
export async function closeServer(server: Server, withinMs: number): Promise<void> {
  // Node's own `close` of an HTTP server would end idle connections at once.
  const closed = new Promise<void>((resolve) => {
    net.Server.prototype.close.call(server, () => resolve());
  });
  const closingIdle = setInterval(() => server.closeIdleConnections(), closeIdleMs);
  await Promise.race([closed, sleep(withinMs, undefined, { ref: false })]);
  clearInterval(closingIdle);
  server.closeAllConnections();
}
