import type { Operation } from "../contract/operations/operation";
import { AppError } from "../core/errors";
import { accountApi, visitorApi } from "./account-api";
import { apiV1 } from "./api-v1";
import { operatorApi, personApi } from "./instance-api";
import { emailDomainApi, invitationApi } from "./invitation-api";

/** The APIs, whose paths are those of their operations. */
const apis: { basePath: string; operations: Record<string, Operation> }[] = [
  apiV1,
  personApi,
  operatorApi,
  invitationApi,
  emailDomainApi,
  accountApi,
  visitorApi,
];

/** Paths below `/api` and `/.well-known` besides those of the APIs; `*` stands for any segments. */
const otherPaths: Record<string, readonly string[]> = {
  "/api/auth/*": ["GET", "POST"],
  "/api/health": ["GET"],
  "/api/health/live": ["GET"],
  "/api/metrics": ["GET"],
  "/api/inngest": ["GET", "POST", "PUT"],
  "/api/openapi.json": ["GET"],
  "/api/setup": ["POST"],
  "/.well-known/jwks.json": ["GET"],
};

/** Every path of the APIs with its methods, `{id}` for a parameter. */
export function apiPaths(): Map<string, string[]> {
  const paths = new Map(Object.entries(otherPaths).map(([path, methods]) => [path, [...methods]]));
  for (const { basePath, operations } of apis) {
    for (const { method, path } of Object.values(operations)) {
      const full = basePath + path;
      paths.set(full, [...(paths.get(full) ?? []), method]);
    }
  }
  return paths;
}

/** Paths without parameters, which most requests use. */
let named: Map<string, string[]> | undefined;
let patterns: { pattern: RegExp; methods: string[] }[] | undefined;

/**
 * The methods of a path below `/api` or `/.well-known`, with `HEAD` for each `GET`, and `OPTIONS`.
 *
 * @param path as sent, without its query
 * @returns `null` if there is no such path
 */
export function routeMethods(path: string): readonly string[] | null {
  named ??= new Map(
    [...apiPaths()].flatMap(([route, methods]) => (/[{*]/.test(route) ? [] : [[route, allowed(methods)]])),
  );
  const known = named.get(path);
  if (known) return known;
  // Next matches a segment's name before a parameter.
  const parameters = ([route]: [string, string[]]) => route.split("{").length;
  patterns ??= [...apiPaths()]
    .toSorted((a, b) => parameters(a) - parameters(b))
    .map(([route, methods]) => ({
      pattern: new RegExp(
        `^${route
          .replace(/[.]/g, "\\.")
          .replace(/\{\w+\}/g, "[^/]+")
          .replace(/\*$/, ".+")}$`,
      ),
      methods: allowed(methods),
    }));
  return patterns.find(({ pattern }) => pattern.test(path))?.methods ?? null;
}

/** The error for an unknown path. */
export function unknownPath(path: string): AppError {
  return new AppError("not_found", `There is no ${path}; see /api/openapi.json for all paths.`);
}

function allowed(methods: string[]): string[] {
  return [...methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])), "OPTIONS"];
}
