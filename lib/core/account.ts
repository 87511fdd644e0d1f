export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const clocks = ["24h", "12h"] as const;
export type Clock = (typeof clocks)[number];

/** The purpose of a link sent by email. */
export const accountLinkKinds = ["password_reset", "sign_in", "email"] as const;
export type AccountLinkKind = (typeof accountLinkKinds)[number];

/** How long a link can be used, in minutes. */
export const accountLinkMinutes: Record<AccountLinkKind, number> = {
  password_reset: 30,
  sign_in: 15,
  email: 60,
};

/** How many recovery codes a user gets who turns the second factor on. */
export const recoveryCodeCount = 10;

/** What can happen to an account, as recorded in its activity. */
export const accountActions = [
  "account.create",
  "session.begin",
  "session.fail",
  "session.end",
  "second_factor.fail",
  "second_factor.enable",
  "second_factor.disable",
  "recovery_code.use",
  "recovery_codes.replace",
  "password.change",
  "password.reset",
  "password_reset.request",
  "email_change.request",
  "email.change",
  "email.confirm",
  "external_account.link",
  "external_account.unlink",
  "profile.update",
] as const;
export type AccountAction = (typeof accountActions)[number];

/** The ways to begin a session. */
export const signInMethods = ["password", "link", "github", "google", "oidc"] as const;
export type SignInMethod = (typeof signInMethods)[number];

/** The providers among them. */
export const signInProviders = ["github", "google", "oidc"] as const;
export type SignInProvider = (typeof signInProviders)[number];
