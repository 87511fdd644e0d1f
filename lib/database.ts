import { type Connection, openDatabase } from "@/db/client";
import { settings } from "./env";

const holder = globalThis as { posthornDatabase?: Connection };

/** The process's pool, opened by the first use and never during a build. */
export function database(): Connection {
  holder.posthornDatabase ??= openDatabase(settings().databaseUrl);
  return holder.posthornDatabase;
}

/** Ends the pool; a later use opens a new one. */
export async function closeDatabase(): Promise<void> {
  const open = holder.posthornDatabase;
  delete holder.posthornDatabase;
  await open?.close();
}
