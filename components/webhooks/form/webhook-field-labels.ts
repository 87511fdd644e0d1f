import type { FieldLabels } from "@/components/shell/changed-meanwhile";
import { retryPolicyLabel } from "@/components/shell/describe-retries";
import { signatureTexts } from "@/components/webhooks/signature/signature-texts";
import type { WebhookFormValues } from "./webhook-form-values";

/** Labels of a webhook form's values; `storedHeaders` names the headers that are kept while the form has none. */
export function webhookFieldLabels(values: WebhookFormValues, storedHeaders: readonly string[]): FieldLabels {
  const { url, name, description, eventTypes, signature, headers, retryPolicy, rateLimit } = values;
  const names = headers?.filter((header) => header.name !== "").map((header) => header.name);
  return {
    url: { label: "URL", value: url },
    name: { label: "Name", value: name },
    description: { label: "Description", value: description || "None" },
    eventTypes: { label: "Events", value: eventTypes?.toSorted().join(", ") ?? "All, including future ones" },
    signature: { label: "Signature", value: signatureTexts[signature].name },
    headers: {
      label: "Custom headers",
      value: names?.length
        ? `${names.join(", ")}, with new values`
        : (!names && storedHeaders.toSorted().join(", ")) || "None",
    },
    retryPolicy: {
      label: "Retries",
      value: retryPolicy ? retryPolicyLabel(retryPolicy) : "Workspace default",
    },
    rateLimit: { label: "Rate limit", value: rateLimit ? `${rateLimit} events a second` : "None" },
  };
}
