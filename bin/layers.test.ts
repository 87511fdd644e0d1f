import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { afterAll, beforeAll, expect, test } from "vitest";

/** What the layers (`.dependency-cruiser.mjs`) ask for: from, what is imported, and whether that is allowed. */
const cases: [file: string, imported: string, allowed: boolean][] = [
  ["lib/core/a.ts", "lib/platform/log", false],
  ["lib/core/b.ts", "lib/core/ids", true],
  ["lib/contract/a.ts", "lib/core/text", true],
  ["lib/contract/b.ts", "lib/events/get-event", false],
  ["lib/platform/a.ts", "db/connection/database", false],
  ["lib/events/a.ts", "inngest/start", false],
  ["lib/events/b.ts", "app/page", false],
  ["lib/events/c.ts", "components/ui/button", false],
  ["lib/events/d.ts", "db/queries/events", true],
  ["lib/events/e.ts", "lib/http/define-api", false],
  ["lib/events/f.ts", "lib/event-types/get-event-type", true],
  ["lib/event-types/a.ts", "lib/events/get-event", false],
  ["lib/events/g.ts", "lib/testing/listen", false],
  ["lib/events/h.test.ts", "lib/testing/listen", true],
  ["db/queries/a.ts", "lib/platform/env", true],
  ["db/queries/b.ts", "lib/events/get-event", false],
  ["db/connection/a.ts", "db/queries/events", false],
  ["db/queries/c.ts", "bin/up", false],
  ["components/ui/a.tsx", "lib/platform/env", false],
  ["components/ui/b.tsx", "db/connection/database", false],
  ["components/ui/c.tsx", "lib/contract/events", true],
  ["components/ui/d.tsx", "lib/api-client/api-fetch", true],
  ["components/ui/e.tsx", "components/shell/page-header", false],
  ["components/data/a.ts", "components/shell/use-workspace", true],
  ["components/shell/a.tsx", "components/jobs/job-dock", false],
  ["components/emails/a.tsx", "components/settings/general-form", false],
  ["components/webhooks/page/a.tsx", "components/event-log/event-log", false],
  ["components/webhooks/page/b.tsx", "components/webhooks/actions/webhook-menu", true],
  ["components/webhooks/list/a.tsx", "components/webhooks/page/state-banner", false],
  ["components/emails/b.tsx", "components/data/webhook-paths", true],
  ["app/a/page.tsx", "db/connection/database", false],
  ["app/b/page.tsx", "inngest/start", false],
  ["app/c/page.tsx", "lib/auth/options", true],
  ["app/api/inngest/route.ts", "inngest/start", true],
  ["inngest/a.ts", "lib/platform/log", true],
  ["inngest/b.ts", "db/connection/database", false],
  ["inngest/c.ts", "e2e/support/receiver", false],
];

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "posthorn-layers-")));
let refused: Set<string>;

function write(file: string, imported: string | null, kind = ""): void {
  const place = path.join(folder, file);
  mkdirSync(path.dirname(place), { recursive: true });
  const to = imported && path.relative(path.dirname(file), imported);
  const from = to?.startsWith(".") ? to : `./${to}`;
  writeFileSync(
    place,
    imported
      ? `import ${kind}{ thing } from "${from}";\n\nexport const own${kind ? ": typeof thing" : ""} = ${kind ? "1" : "thing"};\n`
      : "export const thing = 1;\n",
  );
}

beforeAll(async () => {
  for (const [, imported] of cases) write(`${imported}.ts`, null);
  for (const [file, imported] of cases) write(file, imported);
  write("lib/replays/one.ts", "lib/deliveries/two", "type ");
  write("lib/deliveries/two.ts", "lib/replays/one", "type ");
  cpSync(".dependency-cruiser.mjs", path.join(folder, "rules.mjs"));
  for (const top of ["lib", "db"]) mkdirSync(path.join(folder, top), { recursive: true });
  const rules = (await import(path.join(folder, "rules.mjs"))).default;
  const { output } = await cruise(
    ["."],
    { ...rules.options, tsConfig: undefined, ruleSet: rules, validate: true, baseDir: folder },
    undefined,
    { tsConfig: { options: {} } },
  );
  const { violations } = (output as ICruiseResult).summary;
  refused = new Set(violations.map(({ from, to }) => `${from} ${to}`));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(cases)("%s importing %s: allowed is %s", (file, imported, allowed) => {
  expect(refused.has(`${file} ${imported}.ts`)).toBe(!allowed);
});

test("two rooms that import each other are refused, by type too", () => {
  expect([...refused].filter((pair) => pair.includes("lib/replays/one.ts"))).toEqual([
    "lib/deliveries/two.ts lib/replays/one.ts",
  ]);
});
