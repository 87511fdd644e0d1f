import { sql } from "drizzle-orm";
import {
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { JoiningRole } from "../../lib/core/email-domains";
import { type RetryPolicy, retryPolicyDefault } from "../../lib/core/endpoints";
import { type Role, roles } from "../../lib/core/roles";
import {
  endpointLimitDefault,
  retentionDaysDefault,
  type WorkspaceContents,
} from "../../lib/core/workspaces";
import { createdAt, moment } from "./columns";
import { users } from "./users";

/**
 * A role. `developer` is stored under its older name `member`, because the previous version knows no other. Both are
 * read, so that a later version can write the new one. An unknown role gets the fewest rights.
 */
const role = customType<{ data: Role; driverData: string }>({
  dataType: () => "text",
  toDriver: (value) => (value === "developer" ? "member" : value),
  fromDriver: (value) =>
    value === "member" ? "developer" : (roles.find((one) => one === value) ?? "viewer"),
});

export const workspaces = pgTable("workspaces", {
  id: uuid("id").primaryKey(),
  slug: text("slug").notNull().unique(),
  name: text("name").notNull(),
  endpointLimit: integer("endpoint_limit").notNull().default(endpointLimitDefault),
  /** For webhooks without a schedule of their own. */
  retryPolicy: jsonb("retry_policy").$type<RetryPolicy>().notNull().default(retryPolicyDefault),
  /** Publishing a type that the catalogue lacks is refused; otherwise the type is added. */
  refuseUnknownTypes: boolean("refuse_unknown_types").notNull().default(false),
  /** Publishing data that violates its type's JSON Schema is refused. */
  refuseInvalidData: boolean("refuse_invalid_data").notNull().default(false),
  /** Whether a viewer may see the data of events. Secrets and header values are never shown to viewers. */
  viewersSeePayloads: boolean("viewers_see_payloads").notNull().default(true),
  retentionDays: integer("retention_days").notNull().default(retentionDaysDefault),
  /** The workspace has no members any more, and its rows are being deleted. */
  deletedAt: moment("deleted_at"),
  createdAt: createdAt(),
});

/** A workspace's former slugs: links with them lead to it, until another workspace takes the slug. */
export const formerSlugs = pgTable("former_slugs", {
  slug: text("slug").primaryKey(),
  workspaceId: uuid("workspace_id")
    .notNull()
    .references(() => workspaces.id, { onDelete: "cascade" }),
  createdAt: createdAt(),
});

/** Deleted workspaces, for operators. The row remains after the workspace's rows are deleted. */
export const workspaceDeletions = pgTable("workspace_deletions", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  slug: text("slug").notNull(),
  deletedBy: text("deleted_by").notNull(),
  /** How much data was lost, as announced beforehand. */
  contents: jsonb("contents").$type<WorkspaceContents>().notNull(),
  createdAt: createdAt(),
  /** When the last row was deleted. */
  finishedAt: moment("finished_at"),
});

/** People who were invited. An invitation is open until it is accepted, revoked or expired. */
export const invitations = pgTable(
  "invitations",
  {
    id: uuid("id").primaryKey(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    /** In lower case. */
    email: text("email").notNull(),
    role: role("role").notNull(),
    /** SHA-256 of the link's token, hex. */
    tokenHash: text("token_hash").notNull().unique(),
    invitedBy: uuid("invited_by").references(() => users.id, { onDelete: "set null" }),
    expiresAt: moment("expires_at").notNull(),
    acceptedAt: moment("accepted_at"),
    revokedAt: moment("revoked_at"),
    createdAt: createdAt(),
  },
  (table) => [
    // An address has one open invitation at a time, however many owners invite it at once.
    uniqueIndex("invitations_open")
      .on(table.workspaceId, table.email)
      .where(sql`accepted_at is null and revoked_at is null`),
  ],
);

/**
 * Email domains of a workspace. Once one is verified, people with a confirmed address at it may join on their own.
 * Several workspaces may have the same domain.
 */
export const emailDomains = pgTable(
  "email_domains",
  {
    id: uuid("id").primaryKey(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    /** In lower case, and in ASCII (RFC 5891). */
    domain: text("domain").notNull(),
    /** The role of people who join. */
    role: role("role").$type<JoiningRole>().notNull(),
    /** At the domain: the address to which the verification link is sent. */
    address: text("address").notNull(),
    /** SHA-256 of the link's token, hex. */
    tokenHash: text("token_hash").notNull().unique(),
    addedBy: uuid("added_by").references(() => users.id, { onDelete: "set null" }),
    expiresAt: moment("expires_at").notNull(),
    verifiedAt: moment("verified_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("email_domains_name").on(table.workspaceId, table.domain),
    // The workspaces that a person with an address at the domain may join.
    index("email_domains_verified").on(table.domain).where(sql`verified_at is not null`),
  ],
);

/** People whom an owner removed. They can join only by invitation, whatever their address is. */
export const removedMembers = pgTable(
  "removed_members",
  {
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.userId] })],
);

export const memberships = pgTable(
  "memberships",
  {
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: role("role").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.userId] }),
    // The workspaces of the signed-in user.
    index("memberships_user").on(table.userId),
  ],
);
