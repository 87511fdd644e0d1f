import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/** What architecture asks for: from, what is imported, and whether that is allowed. */
const cases: [file: string, imported: string, allowed: boolean][] = [
  ["lib/a/a.ts", "@/inngest/start", false],
  ["lib/a/b.ts", "../../inngest/start", false],
  ["lib/a/c.ts", "@/app/page", false],
  ["lib/a/d.ts", "@/components/ui/button", false],
  ["lib/a/e.ts", "drizzle-orm", false],
  ["lib/a/f.ts", "drizzle-orm/pg-core", false],
  ["lib/a/g.ts", "postgres", false],
  ["lib/a/h.ts", "@/db/queries/events", true],
  ["lib/a/i.ts", "../signals", true],
  ["db/queries/a.ts", "@/lib/env", false],
  ["db/queries/b.ts", "../../lib/env", false],
  ["db/queries/c.ts", "../../lib/events/constants", true],
  ["db/queries/d.ts", "drizzle-orm", true],
  ["db/queries/e.ts", "@/inngest/start", false],
  ["components/a/a.tsx", "@/lib/env", false],
  ["components/a/b.tsx", "@/db/client", false],
  ["components/a/c.tsx", "@/lib/events/schemas", true],
  ["components/a/d.tsx", "@/lib/api-client/endpoints", true],
  ["components/a/e.tsx", "@/lib/events/constants", true],
  ["components/a/f.tsx", "@/app/page", false],
  ["app/a/page.tsx", "@/db/client", false],
  ["app/b/page.tsx", "@/inngest/start", false],
  ["app/c/page.tsx", "@/lib/auth/options", true],
  ["app/api/inngest/route.ts", "@/inngest/functions", true],
  ["inngest/a.ts", "@/lib/signals", true],
  ["inngest/b.ts", "@/db/client", false],
  ["inngest/c.ts", "@/e2e/support/receiver", false],
];

const folder = mkdtempSync(path.join(tmpdir(), "posthorn-imports-"));
let refused: Set<string>;

beforeAll(() => {
  const config = JSON.parse(readFileSync("biome.json", "utf8"));
  writeFileSync(path.join(folder, "biome.json"), JSON.stringify({ ...config, vcs: { enabled: false } }));
  for (const [file, imported] of cases) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(
      path.join(folder, file),
      `import { thing } from "${imported}";\n\nexport const own = thing;\n`,
    );
  }
  cpSync("node_modules/@biomejs/biome/configuration_schema.json", path.join(folder, "schema.json"));
  const biome = path.resolve("node_modules/@biomejs/biome/bin/biome");
  const args = [biome, "lint", "--only=style/noRestrictedImports", "--max-diagnostics=none", "."];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  const output = stdout + stderr;
  refused = new Set(
    [...output.matchAll(/^(\S+?):\d+:\d+ lint\/style\/noRestrictedImports/gm)].map(([, file = ""]) => file),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(cases)("%s importing %s: allowed is %s", (file, _imported, allowed) => {
  expect(refused.has(file)).toBe(!allowed);
});
