import type { Resolver } from "react-hook-form";
import { toFieldErrors } from "@/lib/api-client/apply-field-errors";
import { formFields, type WebhookFormValues } from "./webhook-form-values";

/** Messages by path, as in `headers.0`. */
export function messagesOf(error: { types?: Record<string, unknown> } | undefined): Map<string, string> {
  return new Map(
    Object.entries(error?.types ?? {}).flatMap(([path, message]) =>
      typeof message === "string" ? [[path, message] as const] : [],
    ),
  );
}

/** Validates the form by the API's own schemas, which load with the first validation: zod is large. */
export function webhookFormResolver(mode: "create" | "edit"): Resolver<WebhookFormValues> {
  return async (values) => {
    const { validateWebhookForm } = await import("./validate-webhook-form");
    const issues = validateWebhookForm(values, mode);
    if (issues.length === 0) return { values, errors: {} };
    return { values: {}, errors: toFieldErrors(issues, formFields, "schema").errors };
  };
}
