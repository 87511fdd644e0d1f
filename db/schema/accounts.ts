import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { accountLinkKinds } from "../../lib/core/account";
import { emailStatuses } from "../../lib/core/emails";
import { createdAt, moment } from "./columns";
import { users } from "./users";

/** Links that were sent to a person. Their holder may do once what the link's kind allows. */
export const accountLinks = pgTable(
  "account_links",
  {
    id: uuid("id").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: accountLinkKinds }).notNull(),
    /** SHA-256 of the token, base64url: the token itself is only in the email. */
    tokenHash: text("token_hash").notNull(),
    /** The address that the link was sent to, which its use confirms. */
    email: text("email").notNull(),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("account_links_token").on(table.tokenHash),
    // All links of a user, to end their validity.
    index("account_links_user").on(table.userId),
  ],
);

/**
 * Links that were sent to an address without an account, at a verified email domain. Their holder may create the
 * account.
 */
export const signUpLinks = pgTable(
  "sign_up_links",
  {
    id: uuid("id").primaryKey(),
    /** In lower case. */
    email: text("email").notNull(),
    /** SHA-256 of the token, base64url. */
    tokenHash: text("token_hash").notNull(),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("sign_up_links_token").on(table.tokenHash),
    // All links of an address, to end their validity.
    index("sign_up_links_email").on(table.email),
  ],
);

/** Codes for a user who lost the authenticator app. Each can be used once. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    codeHash: text("code_hash").notNull(),
    usedAt: moment("used_at"),
  },
  (table) => [primaryKey({ columns: [table.userId, table.codeHash] })],
);

/** Accounts at external providers that people sign in with. */
export const externalAccounts = pgTable(
  "external_accounts",
  {
    /** `github`, `google`, or `oidc` followed by the issuer. */
    provider: text("provider").notNull(),
    /** The person's id at the provider. */
    subject: text("subject").notNull(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    email: text("email").notNull(),
    lastUsedAt: moment("last_used_at"),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.subject] }),
    // The accounts of a user.
    index("external_accounts_user").on(table.userId),
  ],
);

/** Emails about an account, separate from those of workspaces, because only their recipient may read them. */
export const accountEmails = pgTable(
  "account_emails",
  {
    id: uuid("id").primaryKey(),
    recipient: text("recipient").notNull(),
    subject: text("subject").notNull(),
    /** Text and HTML, encrypted; deleted once the email is sent, given up, or no longer useful. */
    sealedBody: text("sealed_body"),
    status: text("status", { enum: emailStatuses }).notNull(),
    attempts: integer("attempts").notNull().default(0),
    lastError: text("last_error"),
    nextTryAt: moment("next_try_at").notNull().defaultNow(),
    sentAt: moment("sent_at"),
    /** From when on it is no longer useful. */
    expiresAt: moment("expires_at").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    // Queued emails.
    index("account_emails_queued").on(table.nextTryAt).where(sql`status = 'queued'`),
  ],
);

/** What happened to a person's account, in any workspace. Written in the same transaction as the change. */
export const userActivity = pgTable(
  "user_activity",
  {
    id: uuid("id").primaryKey(),
    userId: uuid("user_id").notNull(),
    /** Noun and verb, like `password.change`. */
    action: text("action").notNull(),
    /** Never contains a secret. */
    details: jsonb("details").$type<Record<string, unknown>>().notNull(),
    /** The network that it was done from; see `clientNetwork`. */
    network: text("network"),
    userAgent: text("user_agent"),
    createdAt: createdAt(),
  },
  (table) => [
    // A person's activity: newest first.
    index("user_activity_user").on(table.userId, table.id),
  ],
);
