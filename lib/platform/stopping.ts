const holder = globalThis as { posthornIsStopping?: boolean };

/** Whether this process was asked to end: it answers what still comes, and wants no more. */
export function isStopping(): boolean {
  return holder.posthornIsStopping ?? false;
}

/** From now on health says `stopping`, and each answer asks for its connection to be closed. */
export function beginStopping(): void {
  holder.posthornIsStopping = true;
}
