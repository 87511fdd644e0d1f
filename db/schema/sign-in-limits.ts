import { pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/** How often passwords were tried, by account and address. A row whose moment is past says nothing more. */
export const signInLimits = pgTable("sign_in_limits", {
  /** A digest of what is limited. */
  key: text("key").primaryKey(),
  /** When as many attempts as may come at once may come again. */
  freeAt: moment("free_at").notNull(),
});
