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
 * A role, `developer` by its older name `member`: the version before knows no other. Both are read, so that a later
 * version can write the new one. A role that this version does not know may do least.
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
  /** For webhooks that have none of their own. */
  retryPolicy: jsonb("retry_policy").$type<RetryPolicy>().notNull().default(retryPolicyDefault),
  /** A publish of a type that the catalogue lacks is refused; else the type is added. */
  refuseUnknownTypes: boolean("refuse_unknown_types").notNull().default(false),
  /** A publish whose data breaks its type's JSON Schema is refused. */
  refuseInvalidData: boolean("refuse_invalid_data").notNull().default(false),
  /** Whether a viewer may see the data of events; secrets and header values never. */
  viewersSeePayloads: boolean("viewers_see_payloads").notNull().default(true),
  retentionDays: integer("retention_days").notNull().default(retentionDaysDefault),
  /** Nobody is in it any more, and its rows are being removed. */
  deletedAt: moment("deleted_at"),
  createdAt: createdAt(),
});

/** Slugs that a workspace had before: links with them lead to it, until another workspace takes one. */
export const formerSlugs = pgTable("former_slugs", {
  slug: text("slug").primaryKey(),
  workspaceId: uuid("workspace_id")
    .notNull()
    .references(() => workspaces.id, { onDelete: "cascade" }),
  createdAt: createdAt(),
});

/** Workspaces that were deleted, for operators; it stays when the workspace's rows are gone. */
export const workspaceDeletions = pgTable("workspace_deletions", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  slug: text("slug").notNull(),
  deletedBy: text("deleted_by").notNull(),
  /** How much of what was lost, as it was said beforehand. */
  contents: jsonb("contents").$type<WorkspaceContents>().notNull(),
  createdAt: createdAt(),
  /** When the last row was removed. */
  finishedAt: moment("finished_at"),
});

/** People who were asked to join. A row is open until it is accepted, revoked or expired. */
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
    // An address is asked once at a time, however many owners do it at once.
    uniqueIndex("invitations_open")
      .on(table.workspaceId, table.email)
      .where(sql`accepted_at is null and revoked_at is null`),
  ],
);

/**
 * Email domains of a workspace. Once one is verified, people with a confirmed address there may join by themselves. One
 * domain can be that of several workspaces.
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
    /** Of those who join. */
    role: role("role").$type<JoiningRole>().notNull(),
    /** At the domain: where the link to verify it is sent. */
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
    // The workspaces that somebody with an address there may join.
    index("email_domains_verified").on(table.domain).where(sql`verified_at is not null`),
  ],
);

/** People whom an owner removed: they join by an invitation only, whatever their address is. */
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
