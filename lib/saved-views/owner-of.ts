import { AppError } from "../core/errors";
import type { Context } from "../verbs/context";

/**
 * The owner of the saved views of a request: the requesting person, in their workspace.
 *
 * @throws AppError `forbidden` for an actor that is not a person
 */
export function ownerOf({ actor, workspace }: Context): { workspaceId: string; userId: string } {
  if (actor.type !== "user")
    throw new AppError("forbidden", "Saved views belong to people, so an API key can't use them.");
  return { workspaceId: workspace.id, userId: actor.id };
}
