import { findEmail } from "@/db/queries/emails";
import { authorize, type Context } from "../context";
import { notFound } from "../errors";
import { fromPublicId } from "../ids";
import { presentEmail } from "./present-email";
import type { EmailDetailOutput } from "./schemas";

/** An email with its text. */
export async function getEmail({ ctx, id }: { ctx: Context; id: string }): Promise<EmailDetailOutput> {
  authorize(ctx, "emails:read");
  const uuid = fromPublicId("email", id);
  const row = uuid && (await findEmail(ctx.db, { workspaceId: ctx.workspace.id, id: uuid }));
  if (!row) throw notFound("email");
  return { ...presentEmail(row), text: row.text };
}
