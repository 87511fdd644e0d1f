import { type Connection, openDatabase } from "@/db/client";
import { DatabaseWatch } from "./database-watch";
import { settings } from "./env";

const holder = globalThis as {
  posthornDatabase?: Connection;
  posthornProbe?: Connection;
  posthornDatabaseWatch?: DatabaseWatch;
};

/** The process's pool, opened by the first use and never during a build. */
export function database(): Connection {
  holder.posthornDatabase ??= openDatabase(settings().databaseUrl);
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

/** Ends the pool; a later use opens a new one. */
export async function closeDatabase(): Promise<void> {
  const { posthornDatabase, posthornProbe } = holder;
  delete holder.posthornDatabase;
  delete holder.posthornProbe;
  await Promise.all([posthornDatabase?.close(), posthornProbe?.close()]);
}
