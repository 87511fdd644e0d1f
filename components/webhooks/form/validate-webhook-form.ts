import type { z } from "zod";
import type { FormIssue } from "@/lib/api-client/apply-field-errors";
import { createEndpointInput, updateEndpointInput } from "@/lib/contract/endpoints";
import { fieldOf, toCreateInput, toUpdateFields, type WebhookFormValues } from "./webhook-form-values";

/** The form's errors by the schema that the API uses too, one message per field. */
export function validateWebhookForm(values: WebhookFormValues, mode: "create" | "edit"): FormIssue[] {
  const result =
    mode === "create"
      ? createEndpointInput.safeParse(toCreateInput(values))
      : updateEndpointInput.safeParse(toUpdateFields(values));
  const issues = result.success
    ? []
    : result.error.issues.map((issue) => ({
        path: fieldOf(issue.path.map(String).join("."), values),
        message: messageOf(issue),
      }));
  return [...issues, ...headerIssues(values)];
}

function messageOf(issue: z.core.$ZodIssue): string {
  // The form has no null to offer, but a choice above the list.
  if (issue.code === "too_small" && issue.path[0] === "eventTypes")
    return "choose at least one, or all events";
  // A wrong name of a header: the reason is one level below.
  return (issue.code === "invalid_key" && issue.issues[0]?.message) || issue.message;
}

/** Errors that a record cannot represent: a duplicate name, a value without a name, or the other way round. */
function headerIssues(values: WebhookFormValues): FormIssue[] {
  const seen = new Set<string>();
  return (values.headers ?? []).flatMap((header, index) => {
    const name = header.name.trim().toLowerCase();
    if (name === "" && header.value === "") return [];
    const path = `headers.${index}`;
    if (name === "") return [{ path, message: "needs a name" }];
    if (seen.has(name)) return [{ path, message: "must not contain the same header twice" }];
    seen.add(name);
    return header.value === "" ? [{ path, message: "needs a value" }] : [];
  });
}
