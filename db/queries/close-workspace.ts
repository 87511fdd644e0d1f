import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { WorkspaceContents } from "../../lib/core/workspaces";
import type { Transaction } from "../connection/client";
import { nextClaimedAt } from "../fragments/next-claimed-at";
import {
  apiKeys,
  deliveryQueue,
  emailDomains,
  endpointSecrets,
  endpointStates,
  formerSlugs,
  invitations,
  memberships,
  workspaceDeletions,
  workspaces,
} from "../schema";

/**
 * Shuts a workspace down. Without members, keys, invitations, email domains, slug and webhooks, nothing gets in and
 * nothing more is sent, by processes of the previous version either. Leases in use end as usual.
 */
export async function closeWorkspace(
  tx: Transaction,
  {
    id,
    slug,
    name,
    ...deletion
  }: { id: string; slug: string; name: string; contents: WorkspaceContents; deletedBy: string },
): Promise<void> {
  const now = sql`now()`;
  await tx.insert(workspaceDeletions).values({ id, slug, name, ...deletion });
  await tx
    .update(workspaces)
    .set({ deletedAt: now, slug: `deleted-${id}` })
    .where(eq(workspaces.id, id));
  await tx.delete(formerSlugs).where(eq(formerSlugs.workspaceId, id));
  await tx.delete(memberships).where(eq(memberships.workspaceId, id));
  await tx.delete(invitations).where(eq(invitations.workspaceId, id));
  await tx.delete(emailDomains).where(eq(emailDomains.workspaceId, id));
  await tx
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(apiKeys.workspaceId, id), isNull(apiKeys.revokedAt)));
  const own = sql`(select id from endpoints where workspace_id = ${id} order by id for update)`;
  await tx.execute(sql`with locked as ${own} update endpoints e set deleted_at = coalesce(deleted_at, now())
    from locked where e.id = locked.id`);
  const ofWorkspace = sql`in (select id from endpoints where workspace_id = ${id})`;
  await tx.delete(endpointSecrets).where(sql`${endpointSecrets.endpointId} ${ofWorkspace}`);
  await tx
    .update(deliveryQueue)
    .set({ requestedAt: null, requestedTrigger: null })
    .where(and(eq(deliveryQueue.workspaceId, id), isNotNull(deliveryQueue.requestedAt)));
  await tx
    .update(endpointStates)
    .set({
      disabledAt: sql`coalesce(${endpointStates.disabledAt}, now())`,
      nextDueAt: null,
      claimedAt: sql.raw(nextClaimedAt("endpoint_states")),
    })
    .where(sql`${endpointStates.endpointId} ${ofWorkspace}`);
  await tx.execute(sql`update replays set status = 'canceled', finished_at = now()
    where workspace_id = ${id} and finished_at is null`);
}
