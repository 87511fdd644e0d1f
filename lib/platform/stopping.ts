const holder = globalThis as { posthornIsStopping?: boolean };

/** Whether this process was asked to stop: it answers requests that still come, and starts nothing new. */
export function isStopping(): boolean {
  return holder.posthornIsStopping ?? false;
}

/** From now on health says `stopping`, and each answer closes its connection. */
export function beginStopping(): void {
  holder.posthornIsStopping = true;
}
