import { database } from "@/db/connection/database";
import {
  findExternalAccount,
  insertExternalAccount,
  touchExternalAccount,
} from "@/db/queries/external-accounts";
import { findUser, findUserByEmail } from "@/db/queries/users";
import type { SignInProvider } from "../core/account";
import { log } from "../platform/log";
import { type FirstFactor, passFirstFactor } from "./pass-first-factor";
import { type ProviderProfile, providerKey } from "./providers";
import { recordActivity } from "./record-activity";
import { signUp } from "./sign-up";
import type { Source } from "./source";

/** Why a person whom a provider authenticated cannot sign in. */
export type ProviderRefusal = {
  refusal: "NoAccount" | "NoEmail" | "NotVerified" | "NotConfirmed" | "OtherAccount";
  email: string | undefined;
};

type Asked = { provider: SignInProvider; profile: ProviderProfile; source: Source };

/**
 * Signs in a person whom a provider authenticated: either the provider's account is linked, or the provider verified
 * the address, and the account with that address has confirmed it here, too. Otherwise a person who created an
 * account with another's address would share it with them. An address without an account gets one if a workspace has
 * verified its domain.
 */
export async function signInByProvider({
  provider,
  profile,
  source,
}: Asked): Promise<FirstFactor | ProviderRefusal> {
  const { db } = database();
  const identity = { provider: providerKey(provider), subject: profile.id };
  const linked = await findExternalAccount(db, identity);
  if (linked) {
    await touchExternalAccount(db, { ...identity, email: profile.email });
    const user = await findUser(db, linked.userId);
    if (user && !user.disabledAt) return passFirstFactor(user, { method: provider, source });
  }
  const { email } = profile;
  const refuse = (refusal: ProviderRefusal["refusal"]): ProviderRefusal => {
    log().warn({ provider, refusal }, "a sign-in with a provider was refused");
    return { refusal, email };
  };
  if (!email) return refuse("NoEmail");
  if (!profile.emailVerified) return refuse("NotVerified");
  const asked = { email, name: profile.name, method: provider, source };
  const user = (await findUserByEmail(db, email)) ?? (await db.transaction((tx) => signUp(tx, asked)));
  if (!user || user.disabledAt) return refuse("NoAccount");
  if (!user.emailVerifiedAt) return refuse("NotConfirmed");
  await link({ userId: user.id, provider, email, subject: profile.id, source });
  return passFirstFactor(user, { method: provider, source });
}

/** Links a provider's account to the signed-in user. Returns why not, or `null`. */
export async function linkProvider({
  userId,
  provider,
  profile,
  source,
}: Asked & { userId: string }): Promise<ProviderRefusal | null> {
  const { db } = database();
  const identity = { provider: providerKey(provider), subject: profile.id };
  const linked = await findExternalAccount(db, identity);
  if (linked && linked.userId !== userId) return { refusal: "OtherAccount", email: profile.email };
  if (!linked) await link({ userId, provider, email: profile.email ?? "", subject: profile.id, source });
  return null;
}

async function link({
  userId,
  provider,
  email,
  subject,
  source,
}: {
  userId: string;
  provider: SignInProvider;
  email: string;
  subject: string;
  source: Source;
}): Promise<void> {
  await database().db.transaction(async (tx) => {
    const isNew = await insertExternalAccount(tx, {
      provider: providerKey(provider),
      subject,
      userId,
      email,
    });
    if (isNew) {
      await recordActivity(tx, {
        userId,
        action: "external_account.link",
        source,
        details: { provider, email },
      });
    }
  });
}
