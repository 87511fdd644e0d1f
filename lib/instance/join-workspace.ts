import { findMemberships } from "@/db/queries/users";
import { findWorkspace, insertMembership } from "@/db/queries/workspaces";
import type { CreatedWorkspaceOutput } from "../contract/instance";
import { notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import { findJoinable } from "../members/find-joinable";
import { writeAudit } from "../verbs/write-audit";
import { auditSourceOf, type PersonContext } from "./context";

/**
 * Makes the user a member of a workspace that has verified the domain of their address, with the role that is set
 * there. An existing membership stays unchanged.
 *
 * @throws AppError `not_found` for every other workspace, whether it exists or not
 */
export async function joinWorkspace({
  ctx,
  id,
}: {
  ctx: PersonContext;
  id: string;
}): Promise<CreatedWorkspaceOutput> {
  const { db, user } = ctx;
  const uuid = fromPublicId("workspace", id);
  if (uuid === null) throw notFound("workspace");
  return db.transaction(async (tx) => {
    // If several happen at once, or a removal meanwhile, one comes first.
    await findWorkspace(tx, uuid, { forChange: true });
    const present = (await findMemberships(tx, user.id)).find((one) => one.id === uuid);
    if (present) return { slug: present.slug, name: present.name };
    const found = (await findJoinable(tx, user.id)).find((one) => one.id === uuid);
    if (!found) throw notFound("workspace");
    const { slug, name, role, domain } = found;
    await insertMembership(tx, { workspaceId: uuid, userId: user.id, role });
    await writeAudit(tx, auditSourceOf(ctx, uuid), "member.join", {
      targetId: user.id,
      targetName: user.name,
      details: { role, domain },
    });
    return { slug, name };
  });
}
