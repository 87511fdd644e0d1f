import type { FieldPath, FieldValues, UseFormSetError } from "react-hook-form";
import { ApiError } from "./api-error";

/**
 * Puts the server's `errors: [{ path, message }]` on the fields of a form, and gives back what belongs to
 * none of them, in words, for the place above the buttons: undefined when every error found its field.
 * A path below a field (`eventTypes.0`) counts as that field's.
 */
export function applyFieldErrors<Values extends FieldValues>(
  error: unknown,
  fields: readonly FieldPath<Values>[],
  setError: UseFormSetError<Values>,
): string | undefined {
  if (!(error instanceof ApiError)) return "Something went wrong. Try again.";
  if (error.errors.length === 0) return error.detail;
  const rest: string[] = [];
  let focused = false;
  for (const { path, message } of error.errors) {
    const field = fields.find((name) => path === name || path.startsWith(`${name}.`));
    if (field === undefined) {
      rest.push(path ? `${path}: ${message}` : message);
      continue;
    }
    setError(field, { type: "server", message }, { shouldFocus: !focused });
    focused = true;
  }
  return rest.length > 0 ? rest.join("; ") : undefined;
}
