import type { FieldError, Resolver } from "react-hook-form";
import {
  type FormIssue,
  formFields,
  type WebhookFormField,
  type WebhookFormValues,
} from "./webhook-form-values";

export type WebhookFormErrors = Partial<Record<WebhookFormField, FieldError>>;

/** Issues as errors of the form's fields. `types` holds them by path, for a field of several inputs. */
export function toFieldErrors(issues: readonly FormIssue[], type: "schema" | "server"): WebhookFormErrors {
  const errors: WebhookFormErrors = {};
  for (const field of formFields) {
    const own = issues.filter(({ path }) => path === field || path.startsWith(`${field}.`));
    const [first] = own;
    if (!first) continue;
    errors[field] = {
      type,
      message: first.message,
      types: Object.fromEntries(own.toReversed().map(({ path, message }) => [path, message])),
    };
  }
  return errors;
}

/** Messages by path, as in `headers.0`. */
export function messagesOf(error: { types?: Record<string, unknown> } | undefined): Map<string, string> {
  return new Map(
    Object.entries(error?.types ?? {}).flatMap(([path, message]) =>
      typeof message === "string" ? [[path, message] as const] : [],
    ),
  );
}

/** Checks the form by the API's own schemas, which load with the first check: zod is heavy. */
export function webhookFormResolver(mode: "create" | "edit"): Resolver<WebhookFormValues> {
  return async (values) => {
    const { validateWebhookForm } = await import("./validate-webhook-form");
    const issues = validateWebhookForm(values, mode);
    if (issues.length === 0) return { values, errors: {} };
    return { values: {}, errors: toFieldErrors(issues, "schema") };
  };
}
