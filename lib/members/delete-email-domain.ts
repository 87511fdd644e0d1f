import { deleteEmailDomain as deleteRow, lockEmailDomain } from "@/db/queries/email-domains";
import { notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";

/** Removes an email domain: no one can join by it any more, and its link is invalid. Members who joined by it stay. */
export async function deleteEmailDomain({ ctx, id }: { ctx: Context; id: string }): Promise<void> {
  const workspaceId = ctx.workspace.id;
  await withAudit({ ctx, scope: "members:write", action: "domain.delete" }, async (tx) => {
    const uuid = fromPublicId("domain", id);
    const found = uuid && (await lockEmailDomain(tx, { workspaceId, id: uuid }));
    if (!found) throw notFound("domain");
    await deleteRow(tx, { workspaceId, id: found.id });
    const { domain, role, verifiedAt } = found;
    const details = { role, verified: verifiedAt !== null };
    return { result: undefined, targetId: found.id, targetName: domain, details };
  });
}
