import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { hasPreviousVersion } from "../e2e/support/previous-version.mjs";

const read = (file: string) => readFileSync(path.join(import.meta.dirname, file), "utf8");
const namesIn = (journal: string): string[] =>
  JSON.parse(journal).entries.map(({ tag }: { tag: string }) => tag);

const previous: { commit: string; lastMigration: string } = JSON.parse(read("previous-version.json"));
const names = namesIn(read("migrations/meta/_journal.json"));
const added = names.slice(names.indexOf(previous.lastMigration) + 1);

/** What a process of the version before, which goes on beside this one, could not bear. */
const breaking = [
  /\bdrop\s+(table|column|view|schema|type|constraint)\b/i,
  /\brename\b/i,
  /\balter\s+type\b/i,
  /\balter\s+column\s+\S+\s+(set\s+data\s+)?type\b/i,
  /\bset\s+not\s+null\b/i,
  /\bdrop\s+default\b/i,
  /\badd\s+column\s+(?![^;]*\bdefault\b)[^;]*\bnot\s+null\b/i,
];

/** The first thing in a migration, as `-- Contracts 0016_what_it_added.`, that the version before takes part in already. */
function breaksIn(sql: string): { breaks: string[]; contracts: string | undefined } {
  const statements = sql.replaceAll(/--.*$/gm, "").split(";");
  return {
    breaks: statements.map((one) => one.trim()).filter((one) => breaking.some((rule) => rule.test(one))),
    contracts: /^-- Contracts (\d{4}_\w+)\./m.exec(sql)?.[1],
  };
}

test("a migration only adds, so that processes of the version before go on; it takes away what that version left unused", () => {
  expect(names).toContain(previous.lastMigration);
  for (const name of added) {
    const { breaks, contracts } = breaksIn(read(`migrations/${name}.sql`));
    const isKnownBefore =
      contracts !== undefined && names.indexOf(contracts) <= names.indexOf(previous.lastMigration);
    if (contracts !== undefined) expect(names).toContain(contracts);
    expect({ name, breaks: contracts !== undefined && isKnownBefore ? [] : breaks }).toEqual({
      name,
      breaks: [],
    });
  }
});

test.each([
  ['ALTER TABLE "events" DROP COLUMN "type"'],
  ['ALTER TABLE "events" RENAME COLUMN "type" TO "kind"'],
  ['ALTER TABLE "events" ALTER COLUMN "type" SET DATA TYPE varchar'],
  ['ALTER TABLE "events" ALTER COLUMN "type" TYPE varchar'],
  ['ALTER TABLE "events" ALTER COLUMN "kind" SET NOT NULL'],
  ['ALTER TABLE "events" ADD COLUMN "kind" text NOT NULL'],
  ['DROP TABLE "events"'],
  ['drop view\n "delivery_log"'],
])("%s is found", (statement) => {
  expect(breaksIn(`SELECT 1;--> statement-breakpoint\n${statement};`).breaks).toEqual([statement]);
});

test.each([
  ['ALTER TABLE "events" ADD COLUMN "kind" text'],
  [`ALTER TABLE "events" ADD COLUMN "kind" text NOT NULL DEFAULT ''`],
  ['CREATE TABLE "kinds" ("name" text NOT NULL)'],
  ['-- To rename it, drop column "type" a version later.\nCREATE INDEX "events_kind" ON "events" ("kind")'],
])("%s is no break", (statement) => {
  expect(breaksIn(`${statement};`).breaks).toEqual([]);
});

test.skipIf(!hasPreviousVersion())(
  "the version before has the migrations up to the one that is recorded",
  () => {
    const file = `${previous.commit}:db/migrations/meta/_journal.json`;
    const journal = execFileSync("git", ["show", file], { cwd: import.meta.dirname, encoding: "utf8" });
    expect(namesIn(journal)).toEqual(names.slice(0, names.indexOf(previous.lastMigration) + 1));
  },
);
