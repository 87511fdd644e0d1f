import { index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { ApiKeyScope } from "../../lib/core/api-keys";
import { createdAt, moment } from "./columns";
import { users } from "./users";
import { workspaces } from "./workspaces";

export const apiKeys = pgTable(
  "api_keys",
  {
    id: uuid("id").primaryKey(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** SHA-256 of the key, hex. Keys hold 256 random bits, so a slow hash would add nothing. */
    hash: text("hash").notNull().unique(),
    hint: text("hint").notNull(),
    scopes: text("scopes").array().$type<ApiKeyScope[]>().notNull(),
    createdBy: uuid("created_by").references(() => users.id, { onDelete: "set null" }),
    lastUsedAt: moment("last_used_at"),
    /** The network that the last request came from; see `clientNetwork`. */
    lastUsedFrom: text("last_used_from"),
    /** When the key expires; `null`: never. */
    expiresAt: moment("expires_at"),
    /** The key that replaces it. */
    replacedBy: uuid("replaced_by"),
    revokedAt: moment("revoked_at"),
    createdAt: createdAt(),
  },
  // The page of API keys.
  (table) => [index("api_keys_workspace").on(table.workspaceId, table.id)],
);
