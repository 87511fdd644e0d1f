import { deleteExternalAccounts, findExternalAccounts } from "@/db/queries/external-accounts";
import { lockUser } from "@/db/queries/users";
import { providerKey } from "../auth/providers";
import { recordActivity } from "../auth/record-activity";
import { signInProviders } from "../core/account";
import { AppError, notFound } from "../core/errors";
import { settings } from "../platform/env";
import type { PersonContext } from "./context";

/** Unlinks a user's accounts of a provider, unless that would leave no way to sign in. */
export async function unlinkProvider({ ctx, id }: { ctx: PersonContext; id: string }): Promise<void> {
  const provider = signInProviders.find((one) => one === id);
  if (!provider) throw notFound("provider");
  const { user, source } = ctx;
  const key = providerKey(provider);
  await ctx.db.transaction(async (tx) => {
    const row = await lockUser(tx, user.id);
    const accounts = await findExternalAccounts(tx, user.id);
    const others = accounts.filter((one) => one.provider !== key);
    if (row?.passwordHash === "" && others.length === 0 && !settings().smtp) {
      throw new AppError("conflict", "It is your only way to sign in. Set a password first.");
    }
    if ((await deleteExternalAccounts(tx, { userId: user.id, provider: key })) === 0) {
      throw notFound("linked account at this provider");
    }
    const details = { provider };
    await recordActivity(tx, { userId: user.id, action: "external_account.unlink", source, details });
  });
}
