import { readFileSync } from "node:fs";

/** The statements of a migration, by the name of its file, such as `0014_causes.sql`. */
export const migrationStatements = (file: string): string[] =>
  readFileSync(`db/migrations/${file}`, "utf8").split("--> statement-breakpoint");
