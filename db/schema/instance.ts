import { boolean, pgTable, text } from "drizzle-orm/pg-core";

/** One row: what belongs to the installation as a whole. */
export const instance = pgTable("instance", {
  id: boolean("id").primaryKey().default(true),
  /** A known text, encrypted: proves at start that the encryption key is the right one. */
  keyCheck: text("key_check").notNull(),
});
