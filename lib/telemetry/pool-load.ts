/** How busy a pool of database connections is. */
export type PoolLoad = {
  name: string;
  /** The most connections. */
  max: number;
  /** Statements and transactions that have a connection or wait for one. */
  inFlight: number;
};

const holder = globalThis as { posthornPoolLoads?: Set<PoolLoad> };

/** This thread's open pools, if they are counted. */
export function poolLoads(): Set<PoolLoad> {
  holder.posthornPoolLoads ??= new Set();
  return holder.posthornPoolLoads;
}
