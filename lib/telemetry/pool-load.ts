/** How busy a pool of connections to the database is. */
export type PoolLoad = {
  name: string;
  /** Connections at most. */
  max: number;
  /** Statements and transactions that have a connection, or wait for one. */
  inFlight: number;
};

const holder = globalThis as { posthornPoolLoads?: Set<PoolLoad> };

/** The pools that this thread has open, if they are counted. */
export function poolLoads(): Set<PoolLoad> {
  holder.posthornPoolLoads ??= new Set();
  return holder.posthornPoolLoads;
}
