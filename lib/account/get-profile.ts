import { findOpenLink } from "@/db/queries/account-links";
import { findExternalAccounts } from "@/db/queries/external-accounts";
import { countRecoveryCodes } from "@/db/queries/recovery-codes";
import { findUser } from "@/db/queries/users";
import { configuredProviders, providerKey } from "../auth/providers";
import type { ProfileOutput } from "../contract/account";
import { notFound } from "../core/errors";
import { settings } from "../platform/env";
import type { PersonContext } from "./context";

/** The signed-in user's account. */
export async function getProfile({
  ctx,
}: {
  ctx: Pick<PersonContext, "db" | "user">;
}): Promise<ProfileOutput> {
  const { db } = ctx;
  const user = await findUser(db, ctx.user.id);
  if (!user) throw notFound("account");
  const [accounts, recoveryCodesLeft, change] = await Promise.all([
    findExternalAccounts(db, user.id),
    countRecoveryCodes(db, user.id),
    findOpenLink(db, { userId: user.id, kind: "email" }),
  ]);
  return {
    name: user.name,
    email: user.email,
    emailConfirmed: user.emailVerifiedAt !== null,
    newEmail: change?.email ?? null,
    hasPassword: user.passwordHash !== "",
    timeZone: user.timeZone,
    clock: user.clock,
    theme: user.theme,
    secondFactor: { enabledAt: user.totpEnabledAt?.toISOString() ?? null, recoveryCodesLeft },
    providers: configuredProviders().map(({ id, name }) => ({
      id,
      name,
      linked: accounts.filter(({ provider }) => provider === providerKey(id)).map(({ email }) => email),
    })),
    sendsEmails: settings().smtp !== null,
  };
}
