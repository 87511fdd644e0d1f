import { inArray, sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { attempts, deliveries, endpoints } from "../schema";

/** Of each webhook, how the last delivery that has ended was connected to: the URL, and what is kept of the connection. */
export async function findLastConnections(db: Queryable, ids: string[]) {
  if (ids.length === 0) return [];
  const last = db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(sql`${deliveries.endpointId} = ${endpoints.id}`)
    .orderBy(sql`${deliveries.id} desc`)
    .limit(1)
    .as("last");
  const attempt = db
    .select({ url: attempts.url, connection: attempts.connection, durationMs: attempts.durationMs })
    .from(attempts)
    .where(sql`${attempts.deliveryId} = ${last.id} and ${attempts.id} >= ${last.id}`)
    .orderBy(sql`${attempts.id} desc`)
    .limit(1)
    .as("attempt");
  return db
    .select({
      endpointId: endpoints.id,
      url: attempt.url,
      connection: attempt.connection,
      durationMs: attempt.durationMs,
    })
    .from(endpoints)
    .crossJoinLateral(last)
    .crossJoinLateral(attempt)
    .where(inArray(endpoints.id, ids));
}
