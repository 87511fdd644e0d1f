import {
  activitiesOutput,
  addressInput,
  changeEmailInput,
  changePasswordInput,
  confirmEmailInput,
  confirmEmailOutput,
  confirmInput,
  enableSecondFactorInput,
  endedOutput,
  profileOutput,
  recoveryCodesOutput,
  resetPasswordInput,
  secondFactorOffer,
  sessionsOutput,
  updateProfileInput,
} from "../account";
import { pageQuery } from "../shared";
import { operation } from "./operation";

/** The prefix of paths about a user and no workspace; for the dashboard only. */
export const accountBasePath = "/api/account";

/** Operations of a signed-in user on their own account. */
export const accountOperations = {
  getProfile: operation({ route: "GET /profile", output: profileOutput }),
  updateProfile: operation({ route: "PATCH /profile", body: updateProfileInput, output: profileOutput }),
  changeEmail: operation({ route: "POST /email", body: changeEmailInput, status: 202 }),
  cancelEmailChange: operation({ route: "DELETE /email" }),
  changePassword: operation({ route: "POST /password", body: changePasswordInput, output: endedOutput }),
  offerSecondFactor: operation({ route: "POST /second-factor", output: secondFactorOffer }),
  enableSecondFactor: operation({
    route: "POST /second-factor/enable",
    body: enableSecondFactorInput,
    output: recoveryCodesOutput,
  }),
  disableSecondFactor: operation({ route: "POST /second-factor/disable", body: confirmInput }),
  replaceRecoveryCodes: operation({
    route: "POST /second-factor/recovery-codes",
    body: confirmInput,
    output: recoveryCodesOutput,
  }),
  listSessions: operation({ route: "GET /sessions", output: sessionsOutput }),
  endSession: operation({ route: "DELETE /sessions/{id}" }),
  endOtherSessions: operation({ route: "POST /sessions/end-others", output: endedOutput }),
  unlinkProvider: operation({ route: "DELETE /providers/{id}" }),
  listActivity: operation({ route: "GET /activity", query: pageQuery, output: activitiesOutput }),
} as const;

/** Operations of a user who is not signed in. No answer reveals whether an account exists. */
export const visitorOperations = {
  requestPasswordReset: operation({ route: "POST /password-reset/request", body: addressInput, status: 202 }),
  resetPassword: operation({ route: "POST /password-reset", body: resetPasswordInput }),
  requestSignInLink: operation({ route: "POST /sign-in-link/request", body: addressInput, status: 202 }),
  confirmEmail: operation({
    route: "POST /email/confirm",
    body: confirmEmailInput,
    output: confirmEmailOutput,
  }),
} as const;
