import { lockEmailDomain, setJoiningRole } from "@/db/queries/email-domains";
import { updateEmailDomainInput } from "../contract/email-domains";
import { changesOf } from "../core/audit-changes";
import { notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";

/** Changes the role of people who join by an email domain from now on. Existing members keep theirs. */
export async function updateEmailDomain({
  ctx,
  id,
  input,
}: {
  ctx: Context;
  id: string;
  input: Input<typeof updateEmailDomainInput>;
}): Promise<void> {
  const { role } = parseInput(updateEmailDomainInput, input);
  const workspaceId = ctx.workspace.id;
  await withAudit({ ctx, scope: "members:write", action: "domain.update" }, async (tx) => {
    const uuid = fromPublicId("domain", id);
    const found = uuid && (await lockEmailDomain(tx, { workspaceId, id: uuid }));
    if (!found) throw notFound("domain");
    await setJoiningRole(tx, { workspaceId, id: found.id, role });
    return {
      result: undefined,
      targetId: found.id,
      targetName: found.domain,
      changes: changesOf({ role: found.role }, { role }),
    };
  });
}
