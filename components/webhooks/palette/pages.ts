import { webhookPaths } from "@/components/data/webhook-paths";
import type { Scope } from "@/lib/core/api-keys";

export type PaletteEntry = {
  label: string;
  /** Other words for it. */
  keywords: string[];
  href: string;
  /** The scope that a user needs. */
  scope?: Scope;
};

/** The pages of a workspace, in the order of the sidebar. */
export function pagesOf(workspace: string): PaletteEntry[] {
  return [
    { label: "Overview", keywords: ["today", "home", "dashboard"], href: `/${workspace}` },
    { label: "Webhooks", keywords: ["endpoints"], href: webhookPaths.list(workspace) },
    { label: "Event log", keywords: ["deliveries"], href: webhookPaths.log(workspace) },
    { label: "Published events", keywords: ["producer"], href: webhookPaths.published(workspace) },
    {
      label: "Jobs",
      keywords: ["replays", "send again", "discard"],
      href: webhookPaths.jobs(workspace),
    },
    { label: "API keys", keywords: ["tokens"], href: `/${workspace}/developers/api-keys` },
    {
      label: "Settings",
      keywords: ["general", "retention", "retry policy", "workspace"],
      href: `/${workspace}/settings/general`,
    },
    {
      label: "Members",
      keywords: ["people", "invitations", "roles", "domains", "settings"],
      href: `/${workspace}/settings/members`,
    },
    {
      label: "Emails",
      keywords: ["settings", "smtp", "notifications"],
      href: `/${workspace}/settings/emails`,
      scope: "emails:read",
    },
    {
      label: "Audit log",
      keywords: ["settings", "changes", "who"],
      href: `/${workspace}/settings/audit-log`,
      scope: "auditLog:read",
    },
    {
      label: "Account",
      keywords: ["profile", "name", "email", "theme", "time zone"],
      href: "/account",
    },
    {
      label: "Security",
      keywords: ["account", "password", "two-factor", "sessions", "sign-in"],
      href: "/account/security",
    },
  ];
}
