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
     * When a link to the address was opened last, whoever runs the instance named it, or the account was made by a
     * provider that verified it; `null`: never.
     */
    emailVerifiedAt: moment("email_verified_at"),
    name: text("name").notNull(),
    /** `scrypt$<N>$<r>$<p>$<salt>$<hash>`, base64url; empty for somebody who signs in otherwise. */
    passwordHash: text("password_hash").notNull(),
    /** Of the authenticator app, encrypted; before `totp_enabled_at` is set it is only offered. */
    totpSecret: text("totp_secret"),
    totpEnabledAt: moment("totp_enabled_at"),
    /** The step of 30 seconds whose code was used last: none is taken twice. */
    totpLastStep: bigint("totp_last_step", { mode: "number" }),
    /** An IANA name; `null`: the browser's. */
    timeZone: text("time_zone"),
    clock: text("clock", { enum: clocks }).notNull().default("24h"),
    theme: text("theme", { enum: themes }).notNull().default("system"),
    /** Whether they see and change what belongs to the instance as a whole. There is always one at least. */
    isOperator: boolean("is_operator").notNull().default(false),
    /** Since when an operator lets them do nothing. */
    disabledAt: moment("disabled_at"),
    createdAt: createdAt(),
  },
  // An address in another case is the same one.
  (table) => [uniqueIndex("users_email_lower").on(sql`lower(${table.email})`)],
);

/** Signed-in browsers. A row's absence or `revoked_at` ends the session, whatever its cookie says. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    userAgent: text("user_agent"),
    /** Where it was used last; see `clientNetwork`. */
    network: text("network"),
    /** By what it began: `password`, `link`, or a provider. */
    method: text("method"),
    /** To the minute. */
    lastSeenAt: moment("last_seen_at"),
    expiresAt: moment("expires_at").notNull(),
    revokedAt: moment("revoked_at"),
    createdAt: createdAt(),
  },
  // All sessions of a user, to end them.
  (table) => [index("sessions_user").on(table.userId)],
);
