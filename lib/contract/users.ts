import { z } from "zod";
import { passwordLength } from "../core/password-format.mjs";
import { isStorable, text } from "../core/text";

export const emailAddress = z
  .email("must be an email address, like ana@example.com")
  .max(254, "must be at most 254 characters")
  .refine(isStorable, "must be an email address, like ana@example.com")
  .transform((email) => email.toLowerCase());

export const newPassword = text(passwordLength);

export const signInInput = z.object({
  email: text({ min: 1, max: 254 }),
  password: text({ min: 1, max: 256 }),
});

/** From a link that came by email. */
export const linkToken = text({ min: 1, max: 200 });
/** From a link to sign in; the name is for the account that it creates, if it creates one. */
export const linkInput = z.object({
  token: linkToken,
  name: text({ max: 1_000 }).optional().catch(undefined),
});

/** From the authenticator app, or a recovery code. */
export const secondFactorCode = text({ trim: true, min: 1, max: 100 });
export const codeInput = z.object({ code: secondFactorCode });
