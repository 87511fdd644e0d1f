import { findEmail } from "@/db/queries/emails";
import type { EmailDetailOutput } from "../contract/emails";
import { notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import { authorize, type Context } from "../verbs/context";
import { presentEmail } from "./present-email";

/** An email with its text. */
export async function getEmail({ ctx, id }: { ctx: Context; id: string }): Promise<EmailDetailOutput> {
  authorize(ctx, "emails:read");
  const uuid = fromPublicId("email", id);
  const row = uuid && (await findEmail(ctx.db, { workspaceId: ctx.workspace.id, id: uuid }));
  if (!row) throw notFound("email");
  return { ...presentEmail(row), text: row.text };
}
