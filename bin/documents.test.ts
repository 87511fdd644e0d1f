import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const checkout = path.join(import.meta.dirname, "..");
const documents = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "SECURITY.md"].concat(
  ...["docs", "docs/adr", "docs/operations"].map((folder) =>
    readdirSync(path.join(checkout, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => path.join(folder, name)),
  ),
);
const folders = "app|bin|components|db|deploy|docs|e2e|inngest|lib|public";

test.each(documents)("what %s names and links to exists", (document) => {
  const text = readFileSync(path.join(checkout, document), "utf8");
  const named = [...text.matchAll(new RegExp(`\`((?:${folders})/[\\w./[\\]-]*)\``, "g"))].map(
    ([, file = ""]) => file,
  );
  const linked = [...text.matchAll(/\]\(([^):#]+)(?:#[^)]*)?\)/g)].map(([, file = ""]) =>
    path.join(path.dirname(document), file),
  );
  expect([...named, ...linked].filter((file) => !existsSync(path.join(checkout, file)))).toEqual([]);
});
