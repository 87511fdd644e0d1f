import { database } from "@/db/connection/database";
import { createPartitions } from "@/db/queries/create-partitions";
import { log } from "../platform/log";

/** Creates the partitions of the coming weeks; returns the names of those that were missing. */
export async function makePartitions(): Promise<string[]> {
  const made = await createPartitions(database().db, new Date());
  if (made.length > 0) log().info({ made }, "partitions were created");
  return made;
}
