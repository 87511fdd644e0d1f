import { updateUser } from "@/db/queries/users";
import { recordActivity } from "../auth/record-activity";
import { type ProfileOutput, updateProfileInput } from "../contract/account";
import { type Input, parseInput } from "../core/parse-input";
import type { PersonContext } from "./context";
import { getProfile } from "./get-profile";

/** Changes a user's name, and how times and colors are shown to them. */
export async function updateProfile({
  ctx,
  input,
}: {
  ctx: PersonContext;
  input: Input<typeof updateProfileInput>;
}): Promise<ProfileOutput> {
  const change = parseInput(updateProfileInput, input);
  const { user, source } = ctx;
  if (Object.keys(change).length > 0) {
    await ctx.db.transaction(async (tx) => {
      await updateUser(tx, user.id, change);
      await recordActivity(tx, { userId: user.id, action: "profile.update", source, details: change });
    });
  }
  return getProfile({ ctx });
}
