"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { useWorkspace } from "@/components/shell/use-workspace";
import { toast } from "@/components/ui/sonner";
import { ApiError } from "@/lib/api-client/api-error";
import { createEndpoint, updateEndpoint } from "@/lib/api-client/endpoints";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { EndpointOutput } from "@/lib/endpoints/schemas";
import { storeWebhook } from "./use-webhooks";
import { toFieldErrors } from "./webhook-form-errors";
import {
  fieldOf,
  formFields,
  toCreateInput,
  toUpdateInput,
  type WebhookFormValues,
} from "./webhook-form-values";
import { webhookPaths } from "./webhook-paths";

/**
 * Sends the form, puts the server's errors on its fields, and goes to the webhook's page. `release` is called before
 * the form is left; `error` is what belongs to no field.
 */
export function useSaveWebhook(
  form: UseFormReturn<WebhookFormValues>,
  endpoint: EndpointOutput | undefined,
  release: () => void,
) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const router = useRouter();
  const [error, setError] = useState<string>();

  async function submit(values: WebhookFormValues): Promise<void> {
    setError(undefined);
    try {
      const saved = endpoint
        ? await updateEndpoint(slug, endpoint.id, toUpdateInput(values))
        : await createEndpoint(slug, toCreateInput(values));
      storeWebhook(client, slug, saved);
      void client.invalidateQueries({ queryKey: queryKeys.endpoints(slug) });
      release();
      if (endpoint) toast.success(`${saved.name} is saved`);
      router.push(endpoint ? webhookPaths.show(slug, saved.id) : webhookPaths.added(slug, saved.id));
    } catch (cause) {
      setError(showProblem(cause, values));
    }
  }

  function showProblem(cause: unknown, values: WebhookFormValues): string | undefined {
    if (!(cause instanceof ApiError)) return "Something went wrong. Try again.";
    const issues = cause.errors.map(({ path, message }) => ({ path: fieldOf(path, values), message }));
    const errors = toFieldErrors(issues, "server");
    const hit = formFields.filter((field) => errors[field] !== undefined);
    hit.forEach((field, index) => {
      const found = errors[field];
      if (found) form.setError(field, found, { shouldFocus: index === 0 });
    });
    return hit.length > 0 ? undefined : cause.detail;
  }

  return { submit, error };
}
