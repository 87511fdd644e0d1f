import { LosslessNumber } from "lossless-json";
import type { z } from "zod";
import { type FieldError, validationFailed } from "./errors";

declare const unparsed: unique symbol;
/** Unchecked input of a request for a schema. Only `parseInput` can read it. */
export type Unparsed<T> = { readonly [unparsed]: T };

/**
 * What a verb takes for its schema and parses itself: the unchecked input of a request, or a typed value from our own
 * code.
 */
export type Input<T extends z.ZodType> = z.input<T> | Unparsed<z.input<T>>;

/** The values of a parameter that a query repeats. */
class Repeated extends Array<string> {}

/**
 * Checks input by its schema.
 *
 * @throws AppError `validation_failed`, naming each field, what is wrong and what would be right
 */
export function parseInput<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  // Without its input, an issue does not distinguish a missing field from one of another type.
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const numbers = new Set(issues.flatMap((issue) => numberForObject(value, issue) ?? []));
  const others = issues.filter((issue) => numberForObject(value, issue) === null).flatMap(fieldErrors);
  throw validationFailed([
    ...[...numbers].map((path) => ({ path, message: "must be a JSON object" })),
    ...others.filter(({ path }) => !numbers.has(path)),
  ]);
}

/**
 * The path of a number given instead of an object, if an issue is about one: zod takes the lossless parser's class
 * for an object.
 */
function numberForObject(value: unknown, { code, path }: z.core.$ZodIssue): string | null {
  const objects = code === "unrecognized_keys" ? path.length : path.length - 1;
  let inner = value;
  for (let depth = 0; depth <= objects; depth += 1) {
    if (inner instanceof LosslessNumber) return path.slice(0, depth).join(".");
    inner = (inner as Record<PropertyKey, unknown> | null | undefined)?.[path[depth] ?? ""];
  }
  return null;
}

/** The parameters of a query as input. A repeated parameter becomes a list. */
export function queryInput(params: URLSearchParams): unknown {
  // Without a prototype, a parameter named `__proto__` is like any other.
  const query: Record<string, string | string[]> = Object.create(null);
  for (const name of new Set(params.keys())) {
    const [first = "", ...others] = params.getAll(name);
    query[name] = others.length > 0 ? Repeated.from([first, ...others]) : first;
  }
  return query;
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const path = issue.path.join(".");
  // A list that is too long belongs to a parameter that may be repeated.
  if (issue.input instanceof Repeated && issue.code !== "too_big") {
    return [{ path, message: "must be given only once" }];
  }
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: path ? `${path}.${key}` : key,
      message: "is not a field of this request",
    }));
  }
  // A wrong key of a map: the reason is one level below.
  if (issue.code === "invalid_key") return issue.issues.map((inner) => ({ path, message: inner.message }));
  return [{ path, message: messageOf(issue) }];
}

const typeNames: Record<string, string> = {
  string: "a string",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a JSON object",
  record: "a JSON object",
};

/** The schema's own message; if it has none, what the field must be. */
function messageOf(issue: z.core.$ZodIssue): string {
  const isDefault = issue.code === "invalid_type" && issue.message.startsWith("Invalid input");
  const message = isDefault ? `must be ${typeNames[issue.expected] ?? issue.expected}` : issue.message;
  return issue.input === undefined && message.startsWith("must ") ? `is missing; it ${message}` : message;
}
