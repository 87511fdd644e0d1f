import { database } from "@/db/connection/database";
import { nextReplayInMs } from "@/db/queries/replays";

/** Whether a job that replays or discards is to go on now. */
export async function areReplaysDue(): Promise<boolean> {
  return (await nextReplayInMs(database().db)) === 0;
}
