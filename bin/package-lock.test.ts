import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("every package of the lock file is held to what it was by its hash", () => {
  const lock: { packages: Record<string, { integrity?: string; inBundle?: boolean }> } = JSON.parse(
    readFileSync("package-lock.json", "utf8"),
  );
  // What a package brings in its own archive is held by that one's.
  const fetched = Object.entries(lock.packages).filter(([name, { inBundle }]) => name !== "" && !inBundle);
  expect(fetched.length).toBeGreaterThan(400);
  const loose = fetched.filter(([, { integrity }]) => !integrity?.startsWith("sha512-"));
  expect(loose.map(([name]) => name)).toEqual([]);
});
