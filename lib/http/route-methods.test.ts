import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { lane } from "./lane";
import { apiPaths, routeMethods } from "./route-methods";

test("the methods that are let through are those that the lane and the route files have, each by one of them", () => {
  const known = [...apiPaths()].flatMap(([route, methods]) => methods.map((method) => `${method} ${route}`));
  expect(known.toSorted()).toEqual([...lane.keys(), ...routesOfTheTree()].toSorted());
});

test.each([
  ["/api/v1/events", "POST GET HEAD OPTIONS"],
  ["/api/v1/events/batch", "POST OPTIONS"],
  ["/api/v1/events/evt_1", "GET HEAD OPTIONS"],
  ["/api/v1/event-types/a.b", "GET HEAD PATCH DELETE OPTIONS"],
  ["/api/auth/callback/credentials", "GET HEAD POST OPTIONS"],
  ["/api/auth", undefined],
  ["/api/v1", undefined],
  ["/api/v1/events/evt_1/more", undefined],
  ["/api/openapi-json", undefined],
  ["/api/v1/events/__proto__/toString", undefined],
])("%s has the methods %s", (route, methods) => {
  expect(routeMethods(route)?.join(" ")).toBe(methods);
});

test("a path that is named is not taken for one with a parameter", () => {
  const named = [...apiPaths()].filter(([route]) => !/[{*]/.test(route));
  expect(named.map(([route]) => route)).toContain("/api/v1/emails/test");
  for (const [route, methods] of named) {
    const own = routeMethods(route)?.filter((method) => !["HEAD", "OPTIONS"].includes(method));
    expect(own, route).toEqual(methods);
  }
});

/** `DELETE /api/v1/endpoints/{id}` and so on, by the files that Next serves and what they export. */
function routesOfTheTree(): string[] {
  const root = fileURLToPath(new URL("../../app", import.meta.url));
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "route.ts")
    .flatMap((file) => {
      const route = path.dirname(file).replaceAll(path.sep, "/");
      const source = readFileSync(path.join(root, file), "utf8");
      const pattern = route
        .replace(/\[\.\.\.\w+\]/, "*")
        .replaceAll("[", "{")
        .replaceAll("]", "}");
      // `export const GET`, `export async function GET`, and `export { handler as GET }`.
      const methods = source.matchAll(/\b(?:const|function|as) (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/g);
      return [...methods].map(([, method]) => `${method} /${pattern}`);
    });
}
