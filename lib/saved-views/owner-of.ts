import { AppError } from "../core/errors";
import type { Context } from "../verbs/context";

/**
 * Whose saved views a request is about: those of the person who makes it, in their workspace.
 *
 * @throws AppError `forbidden` for whoever is no person
 */
export function ownerOf({ actor, workspace }: Context): { workspaceId: string; userId: string } {
  if (actor.type !== "user") throw new AppError("forbidden", "Only a person has saved views.");
  return { workspaceId: workspace.id, userId: actor.id };
}
