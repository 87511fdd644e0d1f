import { findEmails } from "@/db/queries/emails";
import type { EmailsOutput } from "../contract/emails";
import { pageQuery } from "../contract/shared";
import { type Input, parseInput } from "../core/parse-input";
import { settings } from "../platform/env";
import { authorize, type Context } from "../verbs/context";
import { pageFrom } from "../verbs/page";
import { presentEmail } from "./present-email";

/** The workspace's emails, newest first, and whether emails are sent at all. */
export async function listEmails({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof pageQuery>;
}): Promise<EmailsOutput> {
  authorize(ctx, "emails:read");
  const page = await pageFrom("email", parseInput(pageQuery, input), async ({ limit, before }) => {
    const rows = await findEmails(ctx.db, { workspaceId: ctx.workspace.id, limit, before });
    return rows.map(presentEmail);
  });
  return { ...page, sender: settings().smtp?.from.address ?? null };
}
