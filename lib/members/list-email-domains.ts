import type { z } from "zod";
import { type EmailDomainRow, findEmailDomains } from "@/db/queries/email-domains";
import type { EmailDomainOutput, emailDomainsOutput } from "../contract/email-domains";
import { toPublicId } from "../core/ids";
import { settings } from "../platform/env";
import { authorize, type Context } from "../verbs/context";

/** The email domains of the workspace, verified or not, by name. */
export async function listEmailDomains({
  ctx,
}: {
  ctx: Context;
}): Promise<z.infer<typeof emailDomainsOutput>> {
  authorize(ctx, "members:write");
  const rows = await findEmailDomains(ctx.db, { workspaceId: ctx.workspace.id });
  return { data: rows.map(presentEmailDomain), sendsEmails: settings().smtp !== null };
}

/** A row of `email_domains` in the API's form. */
export function presentEmailDomain(row: EmailDomainRow): EmailDomainOutput {
  return {
    ...row,
    id: toPublicId("domain", row.id),
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}
