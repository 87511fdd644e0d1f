import { database } from "@/db/connection/database";
import { runGivingWay } from "@/db/connection/give-way";
import { createPartitions } from "@/db/queries/create-partitions";
import { log } from "../platform/log";

/**
 * Creates the partitions of the coming weeks; returns the names of those that were missing. Creating one locks its
 * table: as long as someone uses it, this gives way, so that publishing does not wait.
 *
 * @throws Error if tables were in use all the time; the weeks ahead leave time to try again
 */
export async function makePartitions(): Promise<string[]> {
  const { db } = database();
  const { made, inUse } = await createPartitions(db, new Date(), (statement) => runGivingWay(db, statement));
  if (made.length > 0) log().info({ made }, "partitions were created");
  if (inUse.length > 0)
    throw new Error(`partitions could not be created, because their tables are in use: ${inUse.join(", ")}`);
  return made;
}
