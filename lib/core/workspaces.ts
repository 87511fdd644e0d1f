/** Webhooks a workspace may have, unless its setting says otherwise. */
export const endpointLimitDefault = 10;
export const endpointLimitMax = 100_000;
/** For how many days events, deliveries and attempts are kept. */
export const retentionDaysDefault = 30;

/** Who may create workspaces on an instance. */
export const workspaceCreators = ["operators", "everybody"] as const;
export type WorkspaceCreators = (typeof workspaceCreators)[number];

/** How much of what is lost with a workspace. */
export type WorkspaceContents = {
  webhooks: number;
  eventTypes: number;
  apiKeys: number;
  members: number;
  events: number;
  waiting: number;
};

/** What grows is counted up to this many. */
export const workspaceContentsMax = 100_000;

export const slugLength = { min: 2, max: 40 } as const;
export const slugPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** First path segments that are pages of their own. */
const reservedSlugs = new Set([
  "_next",
  "account",
  "api",
  "docs",
  "errors",
  "instance",
  "invite",
  "new",
  "reset-password",
  "settings",
  "setup",
  "sign-in",
  "sign-up",
  "verify-domain",
  "verify-email",
]);

/** Whether no workspace may have the slug, because it is a page of Posthorn's own. */
export const isReservedSlug = (slug: string): boolean => reservedSlugs.has(slug);
