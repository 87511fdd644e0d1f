import { createHash } from "node:crypto";
import { canonicalJson } from "../core/canonical-json";
import { AppError, validationFailed } from "../core/errors";

/** The versions that a change expects, one of which must be the present one; `null` if it expects none. */
export type ExpectedVersions = readonly string[] | null;

/** A version of what people change of an object: it changes with each change, and only then. */
export function versionOf(changeable: Record<string, unknown>): string {
  return createHash("sha256").update(canonicalJson(changeable)).digest("base64url").slice(0, 22);
}

/** The version as an entity tag (RFC 9110 section 8.8.3). */
export const etagOf = (version: string): string => `"${version}"`;

const entityTag = /(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/g;
const entityTags = /^\s*((W\/)?"[\x21\x23-\x7e\x80-\xff]*"\s*(,\s*|$))+$/;

/**
 * The versions that `If-Match` expects (RFC 9110 section 13.1.1). A weak tag never matches; `*` matches any version.
 *
 * @throws AppError `validation_failed` if it is neither `*` nor a list of entity tags
 */
export function parseIfMatch(header: string | null): ExpectedVersions {
  if (header === null || header.trim() === "*") return null;
  if (!entityTags.test(header)) {
    throw validationFailed([
      { path: "If-Match", message: 'must be * or the ETag of a response with its quotes, like "…"' },
    ]);
  }
  return [...header.matchAll(entityTag)].flatMap(([, weak, version]) => (weak ? [] : [version ?? ""]));
}

/**
 * Lets a change proceed if it expects the present version. Call it while the row is locked.
 *
 * @param what as in "The webhook was changed…"
 * @throws AppError `precondition_failed`
 */
export function requireVersion(expected: ExpectedVersions, current: string, what: string): void {
  if (expected === null || expected.includes(current)) return;
  throw new AppError(
    "precondition_failed",
    `The ${what} has changed since you read it. Read it again, and send your change with the new ETag.`,
  );
}
