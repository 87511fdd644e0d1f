import { and, desc, eq, gt, inArray, isNull, lte, ne, or, sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { endpointSecrets, endpoints } from "../schema";

const signsNow = or(isNull(endpointSecrets.expiresAt), gt(endpointSecrets.expiresAt, sql`now()`));
/** The current one first, then the newest. */
const byAge = [sql`${endpointSecrets.expiresAt} is not null`, desc(endpointSecrets.id)] as const;

/** The secrets that sign a webhook's requests now, the current one first. */
export async function findEndpointSecrets(db: Queryable, params: { workspaceId: string; id: string }) {
  return db
    .select({
      id: endpointSecrets.id,
      kind: endpointSecrets.kind,
      ciphertext: endpointSecrets.ciphertext,
      publicKey: endpointSecrets.publicKey,
      expiresAt: endpointSecrets.expiresAt,
    })
    .from(endpointSecrets)
    .innerJoin(endpoints, eq(endpoints.id, endpointSecrets.endpointId))
    .where(
      and(
        eq(endpoints.workspaceId, params.workspaceId),
        eq(endpoints.id, params.id),
        isNull(endpoints.deletedAt),
        signsNow,
      ),
    )
    .orderBy(...byAge);
}

/** The same for several webhooks, without the secrets. */
export async function findSignatures(db: Queryable, endpointIds: string[]) {
  if (endpointIds.length === 0) return [];
  return db
    .select({
      endpointId: endpointSecrets.endpointId,
      kind: endpointSecrets.kind,
      publicKey: endpointSecrets.publicKey,
      expiresAt: endpointSecrets.expiresAt,
    })
    .from(endpointSecrets)
    .where(and(inArray(endpointSecrets.endpointId, endpointIds), signsNow))
    .orderBy(...byAge);
}

/** Ends all signing secrets but one, after so many hours at the latest, and deletes those that have ended. */
export async function expireSecrets(
  db: Queryable,
  params: { endpointId: string; afterHours: number; exceptId: string | undefined },
): Promise<void> {
  const others = and(
    eq(endpointSecrets.endpointId, params.endpointId),
    params.exceptId ? ne(endpointSecrets.id, params.exceptId) : undefined,
  );
  // Whole milliseconds, as the column stores them: rounded up, a secret that ends now would end later.
  const end = sql`date_trunc('milliseconds', now()) + make_interval(hours => ${params.afterHours})`;
  await db
    .update(endpointSecrets)
    .set({ expiresAt: sql`least(${endpointSecrets.expiresAt}, ${end})` })
    .where(others);
  await db.delete(endpointSecrets).where(and(others, lte(endpointSecrets.expiresAt, sql`now()`)));
}

/** Makes an expiring secret the current one. */
export async function keepSecret(db: Queryable, id: string): Promise<void> {
  await db.update(endpointSecrets).set({ expiresAt: null }).where(eq(endpointSecrets.id, id));
}

export async function insertSecret(
  db: Queryable,
  secret: typeof endpointSecrets.$inferInsert,
): Promise<void> {
  await db.insert(endpointSecrets).values(secret);
}
