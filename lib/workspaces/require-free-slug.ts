import type { Transaction } from "@/db/connection/client";
import { isSlugTaken, lockSlugs } from "@/db/queries/workspaces";
import { validationFailed } from "../core/errors";
import { isReservedSlug } from "../core/workspaces";

/**
 * Refuses a slug that is a page of Posthorn's own, or another workspace's, also if two take it at once. One that a
 * workspace had formerly is free.
 *
 * @throws AppError `validation_failed`
 */
export async function requireFreeSlug(tx: Transaction, slug: string): Promise<void> {
  if (isReservedSlug(slug)) throw refused("is reserved for a page of Posthorn; choose another");
  await lockSlugs(tx);
  if (await isSlugTaken(tx, slug)) throw refused("is already taken by another workspace");
}

const refused = (message: string) => validationFailed([{ path: "slug", message }]);
