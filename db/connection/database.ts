import { askDatabaseBy } from "../../lib/platform/database-outage";
import { settings } from "../../lib/platform/env";
import { type Connection, engineConnectionsMax, openDatabase } from "./client";
import { DatabaseWatch } from "./database-watch";

const holder = globalThis as {
  posthornDatabase?: Connection;
  posthornProbe?: Connection;
  posthornDatabaseWatch?: DatabaseWatch;
};

/** The process has two: the thread that answers requests, and the one that delivers. */
const threads = 2;
/** One asks whether the database answers at all (see `databaseWatch`), and one listens to other processes. */
const singleConnections = 2;
/** Of a thread's connections, one in six serves the engine, up to what it can use. */
const engineShare = 6;

/** The thread's pools, opened by the first use and never during a build. */
export function database(): Connection {
  if (!holder.posthornDatabase) {
    holder.posthornDatabase = open();
    askDatabaseBy(() => database().sql`select 1`);
  }
  return holder.posthornDatabase;
}

/** Refuses requests while the database is silent. It asks over a connection of its own, which waits behind nothing. */
export function databaseWatch(): DatabaseWatch {
  holder.posthornDatabaseWatch ??= new DatabaseWatch(() => {
    holder.posthornProbe ??= openDatabase(settings().databaseUrl, { max: 1 });
    return holder.posthornProbe.sql`select 1`;
  });
  return holder.posthornDatabaseWatch;
}

function open(): Connection {
  const { databaseUrl, databaseConnections, metricsToken } = settings();
  const connections = Math.floor((databaseConnections - singleConnections) / threads);
  const engineMax = Math.min(engineConnectionsMax, Math.max(1, Math.floor(connections / engineShare)));
  const counted = metricsToken !== null;
  return openDatabase(databaseUrl, { max: connections - engineMax, engineMax, counted });
}

/** Ends the pools; a later use opens new ones. */
export async function closeDatabase(): Promise<void> {
  const { posthornDatabase, posthornProbe } = holder;
  delete holder.posthornDatabase;
  delete holder.posthornProbe;
  await Promise.all([posthornDatabase?.close(), posthornProbe?.close()]);
}
