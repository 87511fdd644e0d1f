/** The most webhooks of a workspace, unless its setting says otherwise. */
export const endpointLimitDefault = 10;
export const endpointLimitMax = 100_000;
/** How many days events, deliveries and attempts are kept. */
export const retentionDaysDefault = 30;

/** Who may create workspaces on an instance. */
export const workspaceCreators = ["operators", "everybody"] as const;
export type WorkspaceCreators = (typeof workspaceCreators)[number];

/** How much data is lost with a workspace. */
export type WorkspaceContents = {
  webhooks: number;
  eventTypes: number;
  apiKeys: number;
  members: number;
  events: number;
  waiting: number;
};

/** What grows is counted up to this number. */
export const workspaceContentsMax = 100_000;

export const slugLength = { min: 2, max: 40 } as const;
export const slugPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** First path segments that are Posthorn's own pages. */
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

/** Whether a slug is reserved, because it is one of Posthorn's own pages. */
export const isReservedSlug = (slug: string): boolean => reservedSlugs.has(slug);
