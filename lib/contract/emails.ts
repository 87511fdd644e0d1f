import { z } from "zod";
import { emailStatuses } from "../core/emails";
import { pageOf } from "./shared";

export const emailOutput = z
  .object({
    id: z.string(),
    endpointId: z
      .string()
      .nullable()
      .meta({ description: "The webhook the email is about; `null` for a test email." }),
    recipient: z.string(),
    subject: z.string(),
    status: z
      .enum(emailStatuses)
      .meta({ description: "`kept`: it was saved and not sent, because no SMTP server is set." }),
    tries: z.number().int(),
    lastError: z.string().nullable().meta({ description: "Why the last try failed." }),
    nextTryAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: "Set while it is queued after a failed try." }),
    createdAt: z.iso.datetime(),
    sentAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Email" });
export type EmailOutput = z.infer<typeof emailOutput>;

export const emailDetailOutput = emailOutput.extend({ text: z.string() }).meta({ id: "EmailDetail" });
export type EmailDetailOutput = z.infer<typeof emailDetailOutput>;

export const emailsOutput = pageOf(emailOutput).extend({
  sender: z.string().nullable().meta({
    description:
      "The sender of emails; `null` if they are saved and not sent, because `SMTP_URL` is not set.",
  }),
});
export type EmailsOutput = z.infer<typeof emailsOutput>;
