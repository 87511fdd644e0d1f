import { LRUCache } from "lru-cache";
import { database } from "@/db/connection/database";
import { touchSession } from "@/db/queries/sessions";
import { log } from "../platform/log";

const notedLately = new LRUCache<string, string>({ max: 10_000, ttl: 60_000 });

/** Records when and from where a session was last used, to the minute, without waiting for it. */
export function noteSession(id: string, network: string | null): void {
  const where = network ?? "";
  if (notedLately.get(id) === where) return;
  notedLately.set(id, where);
  touchSession(database().db, { id, network }).catch((error: unknown) =>
    log().warn({ error }, "the last use of a session could not be recorded"),
  );
}
