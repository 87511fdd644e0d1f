import { askDatabaseBy } from "../../lib/platform/database-outage";
import { settings } from "../../lib/platform/env";
import { type Connection, engineConnectionsMax, openDatabase } from "./client";
import { DatabaseWatch } from "./database-watch";

const holder = globalThis as {
  posthornDatabase?: Connection;
  posthornProbe?: Connection;
  posthornDatabaseWatch?: DatabaseWatch;
};

/** What a thread of the process does: deliver, or answer requests, as the front and Next behind it do. */
type Part = "front" | "main" | "delivery";

/** In a process without threads, such as a script, one part has the connections of all. */
let part: Part | "all" = "all";

/**
 * Each thread that answers requests has one connection to ask whether the database answers at all (see
 * `databaseWatch`), and one thread listens to other processes.
 */
const singleConnections = 3;
/** Of the delivering part's connections, one in six serves the engine, up to what it can use. */
const engineShare = 6;

/** Limits this thread to its share of the connections. Call it before the thread's first use of the database. */
export function shareConnectionsAs(own: Part): void {
  part = own;
}

/** The thread's pools, opened on first use and never during a build. */
export function database(): Connection {
  if (!holder.posthornDatabase) {
    holder.posthornDatabase = open();
    askDatabaseBy(() => database().sql`select 1`);
  }
  return holder.posthornDatabase;
}

/**
 * Refuses requests while the database does not answer. It asks over a connection of its own, which no other work
 * blocks.
 */
export function databaseWatch(): DatabaseWatch {
  holder.posthornDatabaseWatch ??= new DatabaseWatch(() => {
    holder.posthornProbe ??= openDatabase(settings().databaseUrl, { max: 1 });
    return holder.posthornProbe.sql`select 1`;
  });
  return holder.posthornDatabaseWatch;
}

function open(): Connection {
  const { databaseUrl, databaseConnections, metricsToken } = settings();
  const shares = connectionsOf(part, databaseConnections);
  return openDatabase(databaseUrl, { ...shares, counted: metricsToken !== null });
}

/**
 * The connections of a part. Half of all connections deliver; only the delivering part has some for the engine.
 *
 * @param connections of the process, at most
 */
export function connectionsOf(part: Part | "all", connections: number): { max: number; engineMax: number } {
  const shared = connections - singleConnections;
  const ofDelivery = Math.floor(shared / 2);
  if (part === "front" || part === "main")
    return { max: Math.floor((shared - ofDelivery) / 2), engineMax: 0 };
  const own = part === "all" ? shared : ofDelivery;
  const engineMax = Math.min(engineConnectionsMax, Math.max(1, Math.floor(own / engineShare)));
  return { max: own - engineMax, engineMax };
}

/** Closes the pools. A later use opens new ones. */
export async function closeDatabase(): Promise<void> {
  const { posthornDatabase, posthornProbe } = holder;
  delete holder.posthornDatabase;
  delete holder.posthornProbe;
  await Promise.all([posthornDatabase?.close(), posthornProbe?.close()]);
}
