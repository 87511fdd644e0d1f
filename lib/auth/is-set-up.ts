import { database } from "@/db/connection/database";
import { anyUserExists } from "@/db/queries/users";

const holder = globalThis as { posthornIsSetUp?: boolean };

/** Whether the first owner exists. Once true, it stays true and is not checked again. */
export async function isSetUp(): Promise<boolean> {
  holder.posthornIsSetUp ||= await anyUserExists(database().db);
  return holder.posthornIsSetUp;
}
