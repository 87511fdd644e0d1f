import { AppError } from "../core/errors";
import type { Context } from "../verbs/context";

/**
 * Whose saved views a request is about: those of the person who makes it, in their workspace.
 *
 * @throws AppError `forbidden` for whoever is no person
 */
export function ownerOf({ actor, workspace }: Context): { workspaceId: string; userId: string } {
  if (actor.type !== "user")
    throw new AppError("forbidden", "Saved views belong to people, so an API key can't use them.");
  return { workspaceId: workspace.id, userId: actor.id };
}
