import { boolean, pgTable, text } from "drizzle-orm/pg-core";
import { workspaceCreators } from "../../lib/core/workspaces";
import { createdAt } from "./columns";

/** One row with the data of the installation as a whole. */
export const instance = pgTable("instance", {
  id: boolean("id").primaryKey().default(true),
  /** A known text, encrypted: it proves at start that the encryption key is correct. */
  keyCheck: text("key_check").notNull(),
  workspaceCreators: text("workspace_creators", { enum: workspaceCreators }).notNull().default("operators"),
});

/** Key pairs of the installation, one per algorithm, created by the first process that needs it. */
export const instanceKeys = pgTable("instance_keys", {
  /** The JWS name: `RS256`. */
  algorithm: text("algorithm").primaryKey(),
  /** PKCS #8 in PEM, encrypted. */
  privateKey: text("private_key").notNull(),
  createdAt: createdAt(),
});
