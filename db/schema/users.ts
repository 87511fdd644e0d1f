import { boolean, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns";

export const users = pgTable("users", {
  id: uuid("id").primaryKey(),
  email: text("email").notNull().unique(),
  name: text("name").notNull(),
  /** `scrypt$<N>$<r>$<p>$<salt>$<hash>`, base64url. */
  passwordHash: text("password_hash").notNull(),
  /** Whether they see and change what belongs to the instance as a whole. There is always one at least. */
  isOperator: boolean("is_operator").notNull().default(false),
  /** Since when an operator lets them do nothing. */
  disabledAt: moment("disabled_at"),
  createdAt: createdAt(),
});

/** Signed-in browsers. A row's absence or `revoked_at` ends the session, whatever its cookie says. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    userAgent: text("user_agent"),
    expiresAt: moment("expires_at").notNull(),
    revokedAt: moment("revoked_at"),
    createdAt: createdAt(),
  },
  // All sessions of a user, to end them.
  (table) => [index("sessions_user").on(table.userId)],
);
