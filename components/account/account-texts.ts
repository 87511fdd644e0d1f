import type { AccountAction, SignInMethod } from "@/lib/core/account";

/** How a user signed in, for the end of a sentence. */
export const methodTexts: Record<SignInMethod, string> = {
  password: "with a password",
  link: "with an emailed link",
  github: "with GitHub",
  google: "with Google",
  oidc: "with OpenID Connect",
};

/** What happened to an account. */
export const activityTexts: Record<AccountAction, string> = {
  "account.create": "Account created",
  "session.begin": "Signed in",
  "session.fail": "Wrong password",
  "session.end": "Session ended",
  "second_factor.fail": "Wrong code",
  "second_factor.enable": "Two-factor authentication turned on",
  "second_factor.disable": "Two-factor authentication turned off",
  "recovery_code.use": "Recovery code used",
  "recovery_codes.replace": "New recovery codes",
  "password.change": "Password changed",
  "password.reset": "Password set with an emailed link",
  "password_reset.request": "Link to set a password requested",
  "email_change.request": "Address change requested",
  "email.change": "Address changed",
  "email.confirm": "Address confirmed",
  "external_account.link": "Account linked",
  "external_account.unlink": "Account unlinked",
  "profile.update": "Profile changed",
};
