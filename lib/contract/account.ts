import { z } from "zod";
import { accountActions, clocks, signInMethods, signInProviders, themes } from "../core/account";
import { text } from "../core/text";
import { pageOf } from "./shared";
import { emailAddress, linkToken, newPassword, secondFactorCode } from "./users";

const isTimeZone = (name: string) => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== null;
  } catch {
    return false;
  }
};

export const profileOutput = z.object({
  name: z.string(),
  email: z.string(),
  emailConfirmed: z.boolean(),
  /** The address that a link was sent to and that is not confirmed yet. */
  newEmail: z.string().nullable(),
  hasPassword: z.boolean(),
  timeZone: z.string().nullable(),
  clock: z.enum(clocks),
  theme: z.enum(themes),
  secondFactor: z.object({ enabledAt: z.iso.datetime().nullable(), recoveryCodesLeft: z.number().int() }),
  providers: z.array(
    z.object({
      id: z.enum(signInProviders),
      name: z.string(),
      /** The addresses of the linked accounts there. */
      linked: z.array(z.string()),
    }),
  ),
  /** Whether this installation can send emails. */
  sendsEmails: z.boolean(),
});
export type ProfileOutput = z.infer<typeof profileOutput>;

export const updateProfileInput = z.strictObject({
  name: text({ trim: true, min: 1, max: 100 }).optional(),
  timeZone: text({ max: 100 }).refine(isTimeZone, "must be a time zone, like Europe/Madrid").nullish(),
  clock: z.enum(clocks).optional(),
  theme: z.enum(themes).optional(),
});
export type UpdateProfileInput = z.input<typeof updateProfileInput>;

const currentPassword = text({ max: 256 }).optional();

export const changeEmailInput = z.strictObject({ email: emailAddress, currentPassword });
export type ChangeEmailInput = z.input<typeof changeEmailInput>;

export const changePasswordInput = z.strictObject({ currentPassword, newPassword });
export type ChangePasswordInput = z.input<typeof changePasswordInput>;

export const secondFactorOffer = z.object({ secret: z.string(), uri: z.string() });
export type SecondFactorOffer = z.infer<typeof secondFactorOffer>;

export const enableSecondFactorInput = z.strictObject({ code: secondFactorCode });

/** Either of the two proves that it is still the same person. */
export const confirmInput = z
  .strictObject({ currentPassword, code: secondFactorCode.optional() })
  .refine(({ currentPassword, code }) => Boolean(currentPassword) !== Boolean(code), {
    message: "must be either the password or a code",
    path: ["currentPassword"],
  });
export type ConfirmInput = z.input<typeof confirmInput>;

export const recoveryCodesOutput = z.object({ recoveryCodes: z.array(z.string()) });

export const sessionOutput = z.object({
  id: z.string(),
  /** Whether it is the session of this request. */
  current: z.boolean(),
  /** Like `Firefox on Windows`. */
  device: z.string(),
  network: z.string().nullable(),
  method: z.enum(signInMethods).nullable(),
  lastSeenAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
});
export type SessionOutput = z.infer<typeof sessionOutput>;

export const sessionsOutput = z.object({ data: z.array(sessionOutput) });

export const endedOutput = z.object({ ended: z.number().int() });

export const activityOutput = z.object({
  id: z.string(),
  action: z.enum(accountActions),
  detail: z.string().nullable(),
  device: z.string().nullable(),
  network: z.string().nullable(),
  createdAt: z.iso.datetime(),
});
export type ActivityOutput = z.infer<typeof activityOutput>;

export const activitiesOutput = pageOf(activityOutput);

export const addressInput = z.strictObject({ email: emailAddress });
export const resetPasswordInput = z.strictObject({ token: linkToken, password: newPassword });
export const confirmEmailInput = z.strictObject({ token: linkToken });
export const confirmEmailOutput = z.object({ email: z.string() });
