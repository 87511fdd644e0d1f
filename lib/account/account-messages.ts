import { accountLinkMinutes } from "../core/account";
import type { Message } from "../notifications/render-message";
import { settings } from "../platform/env";

const pageOf = (path: string) => `${settings().appUrl}${path}`;
const host = () => new URL(settings().appUrl).host;
const footer = () => `You got this email because you have an account in Posthorn at ${host()}.`;
const ignore = "If you did not ask for this, you can ignore this email.";

export function passwordResetMessage(token: string): Message {
  return {
    subject: "Set a new password for Posthorn",
    headline: "Set a new password",
    facts: [],
    paragraphs: [
      `Open the link and choose a new password. It works once, for ${accountLinkMinutes.password_reset} minutes. ${ignore}`,
    ],
    link: { label: "Set a new password", url: pageOf(`/reset-password?token=${token}`) },
    footer: footer(),
  };
}

export function signInMessage(token: string): Message {
  return {
    subject: "Sign in to Posthorn",
    headline: "Sign in",
    facts: [],
    paragraphs: [
      `Open the link and press Sign in. It works once, for ${accountLinkMinutes.sign_in} minutes. ${ignore}`,
    ],
    link: { label: "Sign in", url: pageOf(`/sign-in/link?token=${token}`) },
    footer: footer(),
  };
}

/** To an address without an account, at a domain whose people may create one. */
export function signUpMessage(token: string): Message {
  return {
    subject: "Create your account in Posthorn",
    headline: "Create your account",
    facts: [],
    paragraphs: [
      `This address has no account yet. To create one, open the link, enter your name, and press Create account. It works once, for ${accountLinkMinutes.sign_in} minutes. ${ignore}`,
    ],
    link: { label: "Create your account", url: pageOf(`/sign-in/link?token=${token}`) },
    footer: `You got this email because someone entered your address at ${host()} to sign in.`,
  };
}

export function confirmEmailMessage(token: string): Message {
  return {
    subject: "Confirm your email address for Posthorn",
    headline: "Confirm your email address",
    facts: [],
    paragraphs: [
      `Open the link and press Confirm. It works once, for ${accountLinkMinutes.email} minutes. ${ignore}`,
    ],
    link: { label: "Confirm the address", url: pageOf(`/verify-email?token=${token}`) },
    footer: footer(),
  };
}

/** What happened to an account, so that its owner notices if it was done by another person. */
export function noticeMessage(headline: string, paragraph: string): Message {
  return {
    subject: `${headline} in Posthorn`,
    headline,
    facts: [],
    paragraphs: [
      paragraph,
      "If this was not you, set a new password now, and tell the people who run this Posthorn.",
    ],
    link: { label: "Open your account", url: pageOf("/account/security") },
    footer: footer(),
  };
}
