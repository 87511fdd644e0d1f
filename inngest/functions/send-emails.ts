import type { Inngest } from "inngest";
import { sendEmails as send } from "@/lib/notifications/send-emails";
import { emailsDue } from "../events";

/** When emails are to be written or sent. An email that was not accepted has its own time for the next try. */
export function sendEmails(client: Inngest) {
  return client.createFunction({ id: "send-emails", triggers: [emailsDue], retries: 2, concurrency: 2 }, () =>
    send(),
  );
}
