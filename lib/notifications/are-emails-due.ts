import { database } from "@/db/connection/database";
import { isEmailDue } from "@/db/queries/emails";

/** Whether an email is to be written, or to be sent now. */
export async function areEmailsDue(): Promise<boolean> {
  return isEmailDue(database().db);
}
