import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { emailStatuses } from "../../lib/core/emails";
import { createdAt, moment } from "./columns";
import { workspaces } from "./workspaces";

/** Emails to owners, with their status. */
export const emails = pgTable(
  "emails",
  {
    id: uuid("id").primaryKey(),
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    /** The row of `endpoint_transitions` that it is about; `null` for a test email. */
    transitionId: uuid("transition_id"),
    endpointId: uuid("endpoint_id"),
    recipient: text("recipient").notNull(),
    subject: text("subject").notNull(),
    text: text("text").notNull(),
    html: text("html").notNull(),
    status: text("status", { enum: emailStatuses }).notNull(),
    /** Number of tries started. Only the process that started the last one may record its result. */
    attempts: integer("attempts").notNull().default(0),
    /** Why the last try failed, as a message. */
    lastError: text("last_error"),
    /** While it is queued: the earliest time of the next try. It is set past the end of a try that is under way. */
    nextTryAt: moment("next_try_at").notNull().defaultNow(),
    sentAt: moment("sent_at"),
    createdAt: createdAt(),
  },
  (table) => [
    // Each owner is notified once of a transition, however many processes check.
    uniqueIndex("emails_transition_recipient").on(table.transitionId, table.recipient),
    // The list of a workspace's emails: newest first.
    index("emails_workspace").on(table.workspaceId, table.id),
    // Queued emails.
    index("emails_queued").on(table.nextTryAt).where(sql`status = 'queued'`),
  ],
);
