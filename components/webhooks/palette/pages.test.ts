import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { pagesOf } from "./pages";

const app = fileURLToPath(new URL("../../../app", import.meta.url));
const root = path.join(app, "[workspace]");
const hrefs = pagesOf("acme").map(({ href }) => href.split("?", 1).join());
const listed = hrefs.map((href) => href.replace("/acme", ""));

/** The pages of a section of the sidebar, those of one thing left out. */
const pagesIn = (section: string) =>
  readdirSync(path.join(root, section), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(root, section, entry.name, "page.tsx")))
    .map(({ name }) => `/${section}/${name}`);

test("the palette has each page of the sidebar's sections, and none that there is not", () => {
  const there = [...pagesIn("developers"), ...pagesIn("settings")];
  expect(hrefs[0]).toBe("/acme");
  expect([...new Set(listed)].filter((href) => /^\/(developers|settings)\//.test(href)).toSorted()).toEqual(
    there.toSorted(),
  );
  for (const href of hrefs) {
    const page = path.join(app, href.replace("/acme", "/[workspace]"), "page.tsx");
    expect(existsSync(page), href).toBe(true);
  }
});
