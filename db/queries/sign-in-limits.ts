import { eq, lt, sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { signInLimits } from "../schema";

/** `burst` attempts may come at once, and after that one every `gapSeconds`. */
export type Limit = { key: string; burst: number; gapSeconds: number };

/** The moment at which this statement got the row: a statement that waited for another one began earlier. */
const now = sql`clock_timestamp()`;

/**
 * Counts an attempt before it is made, by the generic cell rate algorithm (ITU-T I.371), on the database's clock and
 * in one statement, so that of concurrent attempts, at any process, no more pass than allowed.
 *
 * @returns how many seconds the attempt has to wait, at most `gapSeconds`; `null` if another one is already waiting,
 *   so that this one is refused and not counted
 */
export async function countAttempt(db: Queryable, { key, burst, gapSeconds }: Limit): Promise<number | null> {
  const gap = sql`make_interval(secs => ${gapSeconds})`;
  const [row] = await db
    .insert(signInLimits)
    .values({ key, freeAt: sql`${now} + ${gap}` })
    .onConflictDoUpdate({
      target: signInLimits.key,
      set: { freeAt: sql`greatest(${signInLimits.freeAt}, ${now}) + ${gap}` },
      setWhere: sql`${signInLimits.freeAt} <= ${now} + ${burst}::int * ${gap}`,
    })
    .returning({
      waitSeconds: sql<number>`greatest(0, extract(epoch from ${signInLimits.freeAt} - ${now} - ${burst}::int * ${gap}))::float8`,
    });
  return row?.waitSeconds ?? null;
}

/** Takes back an attempt that turned out to be correct. */
export async function uncountAttempt(db: Queryable, limits: readonly Limit[]): Promise<void> {
  for (const { key, gapSeconds } of limits) {
    await db
      .update(signInLimits)
      .set({ freeAt: sql`${signInLimits.freeAt} - make_interval(secs => ${gapSeconds})` })
      .where(eq(signInLimits.key, key));
  }
}

/** Deletes rows that no longer limit anything. */
export async function deletePastSignInLimits(db: Queryable): Promise<void> {
  await db.delete(signInLimits).where(lt(signInLimits.freeAt, sql`now()`));
}
