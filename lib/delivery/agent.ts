import { Agent } from "undici";
import { connectTimeoutMs } from "./constants";

const holder = globalThis as { posthornAgent?: Agent };

/**
 * The one HTTP client of deliveries. It keeps connections, follows no redirect and decompresses nothing; how long an
 * exchange may take, and how much of it is kept, decides `sendAttempt`.
 */
export function agent(): Agent {
  holder.posthornAgent ??= new Agent({
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: connectTimeoutMs },
  });
  return holder.posthornAgent;
}

/** Closes all connections; those in use are cut. */
export async function closeAgent(): Promise<void> {
  const open = holder.posthornAgent;
  delete holder.posthornAgent;
  await open?.destroy();
}
