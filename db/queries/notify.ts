import type postgres from "postgres";
import { namedStatement } from "./named-statement";

/** Sends a text (8,000 bytes at most) to all sessions that listen on a channel of the database. */
export async function notify(sql: postgres.Sql, params: { channel: string; payload: string }): Promise<void> {
  await send(sql, params);
}

const send = namedStatement<never, { channel: string; payload: string }>(
  "select pg_notify(:channel, :payload)",
);
