import { sql } from "drizzle-orm";
import { bigint, boolean, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { clocks, themes } from "../../lib/core/account";
import { createdAt, moment } from "./columns";

export const users = pgTable(
  "users",
  {
    id: uuid("id").primaryKey(),
    email: text("email").notNull().unique(),
    /**
     * When a link to the address was last opened, the instance's operator entered it, or the account was created by a
     * provider that verified it; `null`: never.
     */
    emailVerifiedAt: moment("email_verified_at"),
    name: text("name").notNull(),
    /** `scrypt$<N>$<r>$<p>$<salt>$<hash>`, base64url; empty for a user without a password. */
    passwordHash: text("password_hash").notNull(),
    /** The authenticator app's secret, encrypted; until `totp_enabled_at` is set it is only offered. */
    totpSecret: text("totp_secret"),
    totpEnabledAt: moment("totp_enabled_at"),
    /** The 30-second step of the last used code, so that no code is used twice. */
    totpLastStep: bigint("totp_last_step", { mode: "number" }),
    /** An IANA name; `null`: the browser's. */
    timeZone: text("time_zone"),
    clock: text("clock", { enum: clocks }).notNull().default("24h"),
    theme: text("theme", { enum: themes }).notNull().default("system"),
    /** Whether they see and change what belongs to the instance as a whole. There is always at least one operator. */
    isOperator: boolean("is_operator").notNull().default(false),
    /** Since when the account has been disabled by an operator. */
    disabledAt: moment("disabled_at"),
    createdAt: createdAt(),
  },
  // An address in another case counts as the same.
  (table) => [uniqueIndex("users_email_lower").on(sql`lower(${table.email})`)],
);

/** Signed-in browsers. If the row is missing or has `revoked_at`, the session has ended, whatever its cookie says. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    userAgent: text("user_agent"),
    /** The network that it was last used from; see `clientNetwork`. */
    network: text("network"),
    /** How it began: `password`, `link`, or a provider. */
    method: text("method"),
    /** To the minute. */
    lastSeenAt: moment("last_seen_at"),
    expiresAt: moment("expires_at").notNull(),
    revokedAt: moment("revoked_at"),
    createdAt: createdAt(),
  },
  // All sessions of a user, to revoke them.
  (table) => [index("sessions_user").on(table.userId)],
);
