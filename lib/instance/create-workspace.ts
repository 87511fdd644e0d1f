import { findWorkspaceCreators, isOperator } from "@/db/queries/instance-people";
import {
  dropFormerSlug,
  findSlugsLike,
  insertMembership,
  insertWorkspace,
  lockSlugs,
} from "@/db/queries/workspaces";
import { type CreatedWorkspaceOutput, createWorkspaceInput } from "../contract/instance";
import { AppError } from "../core/errors";
import { newId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { writeAudit } from "../verbs/write-audit";
import { freeSlug } from "../workspaces/free-slug";
import { requireFreeSlug } from "../workspaces/require-free-slug";
import { auditSourceOf, type PersonContext } from "./context";

/**
 * Creates a workspace, whose first owner is the requesting user.
 *
 * @throws AppError `forbidden` if only operators may; `validation_failed` for a slug that is taken or reserved
 */
export async function createWorkspace({
  ctx,
  input,
}: {
  ctx: PersonContext;
  input: Input<typeof createWorkspaceInput>;
}): Promise<CreatedWorkspaceOutput> {
  const { db, user } = ctx;
  const { name, slug: wanted } = parseInput(createWorkspaceInput, input);
  if ((await findWorkspaceCreators(db)) === "operators" && !(await isOperator(db, user.id))) {
    throw new AppError(
      "forbidden",
      "Only operators of this instance can create workspaces. Ask one of them to create or share one.",
    );
  }
  return db.transaction(async (tx) => {
    if (wanted === undefined) await lockSlugs(tx);
    else await requireFreeSlug(tx, wanted);
    const slug = wanted ?? (await freeSlug(name, (base) => findSlugsLike(tx, base)));
    const id = newId();
    await dropFormerSlug(tx, slug);
    await insertWorkspace(tx, { id, slug, name });
    await insertMembership(tx, { workspaceId: id, userId: user.id, role: "owner" });
    await writeAudit(tx, auditSourceOf(ctx, id), "workspace.create", {
      targetId: id,
      targetName: name,
      details: { slug, sampleEventTypes: 0 },
    });
    return { slug, name };
  });
}
