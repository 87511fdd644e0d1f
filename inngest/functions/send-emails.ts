import type { Inngest } from "inngest";
import { sendEmails as sendQueued } from "@/lib/notifications/send-emails";
import { writeEmails } from "@/lib/notifications/write-emails";
import { emailsDue } from "../events";

/**
 * Writes the emails that owners are to get of their webhooks and sends what is queued, for 20 seconds at most, and
 * passes on to a run of its own when more is.
 *
 * Runs may overlap: rows are locked. Not steps: a run is one request, and what it has done is in the tables. An email
 * that the server did not take has a time of its own for its next try, which the sweep finds; `retries` is for the
 * database.
 */
export function sendEmails(client: Inngest) {
  return client.createFunction(
    {
      id: "send-emails",
      triggers: [emailsDue],
      retries: 2,
      concurrency: 2,
      // A run may last 20 s; nothing in it is worth saving in between.
      checkpointing: false,
    },
    async () => {
      await writeEmails();
      const { sent, more } = await sendQueued();
      if (more) await client.send(emailsDue.create({}));
      return { sent, more };
    },
  );
}
