import type { Transaction } from "@/db/connection/client";
import { isSlugTaken, lockSlugs } from "@/db/queries/workspaces";
import { validationFailed } from "../core/errors";
import { isReservedSlug } from "../core/workspaces";

/**
 * Refuses a slug that is one of Posthorn's own pages, or another workspace's, even if two requests take it at once. A
 * former slug of a workspace is free.
 *
 * @throws AppError `validation_failed`
 */
export async function requireFreeSlug(tx: Transaction, slug: string): Promise<void> {
  if (isReservedSlug(slug)) throw refused("is reserved for a page of Posthorn; choose another");
  await lockSlugs(tx);
  if (await isSlugTaken(tx, slug)) throw refused("is already taken by another workspace");
}

const refused = (message: string) => validationFailed([{ path: "slug", message }]);
