import { pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/** How often passwords were tried, by account and address. A row whose moment is past no longer limits anything. */
export const signInLimits = pgTable("sign_in_limits", {
  /** A digest of what is limited. */
  key: text("key").primaryKey(),
  /** When a full burst of attempts is allowed again. */
  freeAt: moment("free_at").notNull(),
});
