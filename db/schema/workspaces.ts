import {
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { type RetryPolicy, retryPolicyDefault } from "../../lib/core/endpoints";
import { type Role, roles } from "../../lib/core/roles";
import { endpointLimitDefault, retentionDaysDefault } from "../../lib/core/workspaces";
import { createdAt } from "./columns";
import { users } from "./users";

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
  createdAt: createdAt(),
});

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
