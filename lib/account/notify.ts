import type { Queryable } from "@/db/connection/client";
import { queueAccountEmail } from "../notifications/account-email";
import { noticeMessage } from "./account-messages";

const noticeMinutes = 2 * 24 * 60;

/**
 * Notifies a user by email of what happened to their account; sent once `signalEmails` is called after the
 * transaction.
 */
export async function notify(
  tx: Queryable,
  recipient: string,
  { headline, text }: { headline: string; text: string },
): Promise<void> {
  await queueAccountEmail(tx, noticeMessage(headline, text), { recipient, minutes: noticeMinutes });
}
