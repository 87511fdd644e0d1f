import type { Queryable } from "@/db/connection/client";
import { type AccountEmailRow, insertAccountEmail } from "@/db/queries/account-emails";
import { newId } from "../core/ids";
import { decrypt, encrypt } from "../platform/encrypt";
import { settings } from "../platform/env";
import { sealedContexts } from "../platform/sealed-columns.mjs";
import { type Message, renderMessage } from "./render-message";

/**
 * Queues an email about an account. It may contain a link that signs in, so it is encrypted until it is sent, and no
 * page shows it. Without an SMTP server nothing is stored.
 *
 * @param to.minutes after which it is no longer useful and not sent any more
 * @returns whether it will be sent; the caller signals after its transaction
 */
export async function queueAccountEmail(
  tx: Queryable,
  message: Message,
  to: { recipient: string; minutes: number },
): Promise<boolean> {
  if (!settings().smtp) return false;
  const id = newId();
  const { subject, text, html } = renderMessage(message);
  const sealedBody = encrypt(JSON.stringify({ text, html }), contextOf(id));
  await insertAccountEmail(tx, { id, ...to, subject, sealedBody, status: "queued" });
  return true;
}

/** A row of `account_emails` in the form in which it is sent. */
export function openAccountEmail({ id, recipient, subject, sealedBody }: AccountEmailRow) {
  const { text, html }: { text: string; html: string } = JSON.parse(decrypt(sealedBody ?? "", contextOf(id)));
  return { id, recipient, subject, text, html };
}

const contextOf = sealedContexts.accountEmail;
