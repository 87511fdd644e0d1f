import type { Queryable } from "@/db/connection/client";
import { replaceRecoveryCodes as storeCodes } from "@/db/queries/recovery-codes";
import { lockUser, updateUser } from "@/db/queries/users";
import { limitSecondFactor } from "../auth/limit-attempts";
import { recordActivity } from "../auth/record-activity";
import { hashRecoveryCode, makeRecoveryCodes } from "../auth/recovery-codes";
import { checkSecondFactor } from "../auth/second-factor";
import { makeTotpSecret, matchTotpCode, openTotpSecret, sealTotpSecret, totpUri } from "../auth/totp";
import { confirmInput, enableSecondFactorInput, type SecondFactorOffer } from "../contract/account";
import { AppError, notFound, validationFailed } from "../core/errors";
import { type Input, parseInput } from "../core/parse-input";
import { settings } from "../platform/env";
import { signalEmails } from "../platform/signals";
import type { PersonContext } from "./context";
import { notify } from "./notify";
import { ownRow } from "./own-row";
import { requirePassword } from "./require-password";

/** Makes a secret for an authenticator app. It counts once a code of it was shown; an offer replaces the one before. */
export async function offerSecondFactor({ ctx }: { ctx: PersonContext }): Promise<SecondFactorOffer> {
  const { id } = ctx.user;
  const secret = makeTotpSecret();
  const email = await ctx.db.transaction(async (tx) => {
    const user = await lockUser(tx, id);
    if (!user) throw notFound("account");
    if (user.totpEnabledAt) throw alreadyOn();
    await updateUser(tx, id, { totpSecret: sealTotpSecret(secret, id), totpLastStep: null });
    return user.email;
  });
  return { secret, uri: totpUri({ secret, email, host: new URL(settings().appUrl).host }) };
}

/** Turns the second factor on, if the code is one of the secret that was offered. Returns the recovery codes, once. */
export async function enableSecondFactor({
  ctx,
  input,
}: {
  ctx: PersonContext;
  input: Input<typeof enableSecondFactorInput>;
}): Promise<{ recoveryCodes: string[] }> {
  const { code } = parseInput(enableSecondFactorInput, input);
  const { source, user: person } = ctx;
  const takeBack = await limitSecondFactor({ userId: person.id, network: source.network });
  const recoveryCodes = await ctx.db.transaction(async (tx) => {
    const user = await lockUser(tx, person.id);
    if (!user?.totpSecret)
      throw new AppError("conflict", "Two-factor authentication is not being set up. Start again.");
    if (user.totpEnabledAt) throw alreadyOn();
    const secret = openTotpSecret(user.totpSecret, user.id);
    const step = matchTotpCode({ secret, code, lastStep: user.totpLastStep });
    if (step === null) throw wrongCode();
    await updateUser(tx, user.id, { totpEnabledAt: new Date(), totpLastStep: step });
    await recordActivity(tx, { userId: user.id, action: "second_factor.enable", source });
    await notify(tx, user.email, {
      headline: "Two-factor authentication was turned on",
      text: "Signing in now also asks for a code from your authenticator app.",
    });
    return freshCodes(tx, user.id);
  });
  await takeBack();
  signalEmails();
  return { recoveryCodes };
}

/** Turns the second factor off, for somebody who shows the password or a code. */
export async function disableSecondFactor({
  ctx,
  input,
}: {
  ctx: PersonContext;
  input: Input<typeof confirmInput>;
}): Promise<void> {
  await confirmPerson(ctx, input);
  const { source } = ctx;
  await ctx.db.transaction(async (tx) => {
    const user = await lockUser(tx, ctx.user.id);
    if (!user?.totpEnabledAt) throw alreadyOff();
    await updateUser(tx, user.id, { totpSecret: null, totpEnabledAt: null, totpLastStep: null });
    await storeCodes(tx, { userId: user.id, hashes: [] });
    await recordActivity(tx, { userId: user.id, action: "second_factor.disable", source });
    await notify(tx, user.email, {
      headline: "Two-factor authentication was turned off",
      text: "Signing in no longer asks for a code.",
    });
  });
  signalEmails();
}

/** Makes new recovery codes in place of all before, for somebody who shows the password or a code. */
export async function replaceRecoveryCodes({
  ctx,
  input,
}: {
  ctx: PersonContext;
  input: Input<typeof confirmInput>;
}): Promise<{ recoveryCodes: string[] }> {
  await confirmPerson(ctx, input);
  const { source } = ctx;
  const recoveryCodes = await ctx.db.transaction(async (tx) => {
    const user = await lockUser(tx, ctx.user.id);
    if (!user?.totpEnabledAt) throw alreadyOff();
    await recordActivity(tx, { userId: user.id, action: "recovery_codes.replace", source });
    return freshCodes(tx, user.id);
  });
  return { recoveryCodes };
}

async function confirmPerson(ctx: PersonContext, input: Input<typeof confirmInput>): Promise<void> {
  const { currentPassword, code } = parseInput(confirmInput, input);
  const own = await ownRow(ctx);
  if (!own.totpEnabledAt) throw alreadyOff();
  if (code === undefined && own.passwordHash !== "") return requirePassword(ctx, own, currentPassword);
  if (!(await checkSecondFactor({ userId: own.id, code: code ?? "", source: ctx.source }))) throw wrongCode();
}

async function freshCodes(tx: Queryable, userId: string): Promise<string[]> {
  const codes = makeRecoveryCodes();
  const hashes = codes.flatMap((code) => hashRecoveryCode(userId, code) ?? []);
  await storeCodes(tx, { userId, hashes });
  return codes;
}

const alreadyOn = () => new AppError("conflict", "Two-factor authentication is already on.");
const alreadyOff = () => new AppError("conflict", "Two-factor authentication is off.");
const wrongCode = () =>
  validationFailed([
    { path: "code", message: "is wrong or was already used. Check that your phone's clock is right" },
  ]);
