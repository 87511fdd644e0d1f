import type { Server } from "node:http";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** `bin/launcher/serve.mjs` puts its server there. */
const holder = globalThis as { posthornServer?: Server; posthornLastRequestAt?: number };

/** How often connections that have become idle are closed. */
const closeIdleMs = 1_000;

/** Notes that a request came. */
export function noteRequest(): void {
  holder.posthornLastRequestAt = performance.now();
}

/** Whether a request came within the last so many milliseconds. */
export function wasAskedWithin(ms: number): boolean {
  return performance.now() - (holder.posthornLastRequestAt ?? Number.NEGATIVE_INFINITY) < ms;
}

/**
 * Takes no more connections, and resolves when all that was being answered is. Idle connections stay for another second:
 * a proxy may be sending on one right now. What takes longer than `withinMs` is cut off.
 */
export async function closeServer(withinMs: number): Promise<void> {
  const server = holder.posthornServer;
  if (!server) return;
  // Node's own `close` of an HTTP server would end idle connections at once.
  const closed = new Promise<void>((resolve) => {
    net.Server.prototype.close.call(server, () => resolve());
  });
  const closingIdle = setInterval(() => server.closeIdleConnections(), closeIdleMs);
  await Promise.race([closed, sleep(withinMs, undefined, { ref: false })]);
  clearInterval(closingIdle);
  server.closeAllConnections();
}
