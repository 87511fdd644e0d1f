import { z } from "zod";

/**
 * `SMTP_URL`: the server that accepts emails. nodemailer also reads options from its query, like `?requireTLS=true`.
 */
export const smtpUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return /^smtps?:$/.test(protocol) && hostname !== "";
}, "must be like smtp://user:password@smtp.example.com:587 or smtps://user:password@smtp.example.com (percent-encode special characters in the password, like @ as %40)");

const senderPattern = /^(?:([^<>"\p{Cc}]*)<([^<>]+)>|([^<>]+))$/u;

/** `EMAIL_FROM`: an address, alone or after a name. */
export const sender = z.string().transform((text, context) => {
  const [, name = "", named, alone] = senderPattern.exec(text.trim()) ?? [];
  const address = z.email().safeParse(named ?? alone);
  if (address.success) return { name: name.trim(), address: address.data };
  context.addIssue({
    code: "custom",
    message: "must be like Posthorn <posthorn@example.com> or posthorn@example.com",
  });
  return z.NEVER;
});
export type Sender = z.output<typeof sender>;
