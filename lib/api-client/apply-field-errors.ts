import type { FieldError, FieldPath, FieldValues, UseFormSetError } from "react-hook-form";
import { ApiError } from "./api-error";

/** An error and its place: a field of a form, or below one, like `headers.0`. */
export type FormIssue = { path: string; message: string };

/**
 * Issues as errors of a form's fields, and those that belong to none of them. A field shows its first issue; `types`
 * has all of them by path, for a field of several inputs.
 */
export function toFieldErrors<Field extends string>(
  issues: readonly FormIssue[],
  fields: readonly Field[],
  type: "schema" | "server",
): { errors: Partial<Record<Field, FieldError>>; rest: FormIssue[] } {
  const errors: Partial<Record<Field, FieldError>> = {};
  const isOf = ({ path }: FormIssue, field: Field) => path === field || path.startsWith(`${field}.`);
  for (const field of fields) {
    const own = issues.filter((issue) => isOf(issue, field));
    const types = Object.fromEntries(own.toReversed().map(({ path, message }) => [path, message]));
    if (own[0]) errors[field] = { type, message: own[0].message, types };
  }
  return { errors, rest: issues.filter((issue) => !fields.some((field) => isOf(issue, field))) };
}

/**
 * Puts the server's `errors: [{ path, message }]` on the fields of a form and focuses the first of them.
 *
 * @param pathOf the form's path for one of the API's input, if they differ
 * @returns the errors that belong to no field, for the place above the buttons
 */
export function applyFieldErrors<Values extends FieldValues>(
  error: unknown,
  fields: readonly FieldPath<Values>[],
  setError: UseFormSetError<Values>,
  pathOf: (path: string) => string = (path) => path,
): string | undefined {
  if (!(error instanceof ApiError)) return "Something went wrong. Try again.";
  if (error.errors.length === 0) return error.detail;
  const issues = error.errors.map(({ path, message }) => ({ path: pathOf(path), message }));
  const { errors, rest } = toFieldErrors(issues, fields, "server");
  const wrong = fields.filter((field) => errors[field]);
  for (const field of wrong) setError(field, errors[field] ?? {}, { shouldFocus: field === wrong[0] });
  if (rest.length === 0) return undefined;
  return rest.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; ");
}
