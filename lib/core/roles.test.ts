import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { apiKeyScopes, type Scope } from "./api-keys";
import {
  describeRefusal,
  keyScopesOf,
  permissions,
  roles,
  scopesIn,
  scopesLost,
  scopesOfRole,
} from "./roles";

const shown = { viewersSeePayloads: true };

test("each role may do what the next one may, and more", () => {
  expect(roles).toEqual(["owner", "developer", "viewer"]);
  expect(scopesOfRole.owner).toEqual(expect.arrayContaining([...scopesOfRole.developer]));
  expect(scopesOfRole.developer).toEqual(expect.arrayContaining([...scopesOfRole.viewer]));
  expect(scopesOfRole.owner).toEqual(Object.keys(permissions));
  expect(scopesOfRole.owner.length).toBeGreaterThan(scopesOfRole.developer.length);
});

test("a viewer changes nothing but views of their own, and sees no secrets, nor payloads if the workspace keeps them", () => {
  const scopes = scopesIn("viewer", shown);
  expect(scopes.filter((scope) => !scope.endsWith(":read"))).toEqual(["savedViews:write"]);
  expect(scopes).not.toContain("secrets:read");
  expect(scopes).toContain("payloads:read");
  const kept = scopesIn("viewer", { viewersSeePayloads: false });
  expect(kept).toEqual(scopes.filter((scope) => scope !== "payloads:read"));
  for (const role of ["owner", "developer"] as const) {
    expect(scopesIn(role, { viewersSeePayloads: false })).toEqual(scopesIn(role, shown));
  }
});

test("a key loses what its maker's new role may not, of what it could do", () => {
  const scopes = ["events:read", "events:write", "secrets:read"] as const;
  expect(scopesLost(scopes, { from: "owner", to: "viewer" })).toEqual(["events:write", "secrets:read"]);
  expect(scopesLost(scopes, { from: "owner", to: "developer" })).toEqual(["secrets:read"]);
  expect(scopesLost(scopes, { from: "developer", to: "viewer" })).toEqual(["events:write"]);
  expect(scopesLost(scopes, { from: "viewer", to: "owner" })).toEqual([]);
});

test("keys do what their makers may; those of developers reveal no secrets", () => {
  expect(keyScopesOf("owner")).toEqual(apiKeyScopes);
  expect(keyScopesOf("developer")).toEqual(apiKeyScopes.filter((scope) => scope !== "secrets:read"));
  expect(keyScopesOf("viewer").every((scope) => scope.endsWith(":read"))).toBe(true);
});

test("what is refused is said with the role", () => {
  expect(describeRefusal("viewer", "endpoints:write")).toBe(
    "Your role, viewer, can't change webhooks. Ask an owner.",
  );
});

test("docs/roles.md has the table, row by row", () => {
  const rows = (Object.keys(permissions) as Scope[]).map((scope) => {
    const { deed, viewersBy } = permissions[scope];
    const cells = roles.map((role) => {
      if (!scopesOfRole[role].includes(scope)) return "no";
      if (scope === "secrets:read" && !keyScopesOf(role).includes(scope))
        return "yes, but not their API keys";
      return viewersBy && role === "viewer" ? "by a setting" : "yes";
    });
    return [`${deed.charAt(0).toUpperCase()}${deed.slice(1)}`, `\`${scope}\``, ...cells];
  });
  const table = readFileSync(new URL("../../docs/roles.md", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(table.slice(2)).toEqual(rows);
});
