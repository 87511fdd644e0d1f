import { database } from "@/db/connection/database";

/** Holds what a statement locks or writes, until it is let go; then it is rolled back. */
export async function hold(statement: string): Promise<() => Promise<void>> {
  let letGo = () => {};
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let transaction: Promise<unknown> = Promise.resolve();
  await new Promise<void>((locked, failed) => {
    transaction = database()
      .sql.begin(async (tx) => {
        await tx.unsafe(statement);
        locked();
        await released;
        throw new Error("rolled back");
      })
      .catch(failed);
  });
  return async () => {
    letGo();
    await transaction;
  };
}

/** The backends of this file's database that wait for what another transaction holds. */
export const waiting = () =>
  database().sql<{ pid: number }[]>`
    select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
