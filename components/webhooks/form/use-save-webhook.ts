"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { storeWebhook } from "@/components/data/use-webhooks";
import { webhookPaths } from "@/components/data/webhook-paths";
import { isChangedMeanwhile, listMeanwhile, mergeMeanwhile } from "@/components/shell/changed-meanwhile";
import type { Began, Edited } from "@/components/shell/use-edited";
import { useWorkspace } from "@/components/shell/use-workspace";
import { toast } from "@/components/ui/toast";
import { applyFieldErrors } from "@/lib/api-client/apply-field-errors";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { EndpointOutput, UpdateEndpointInput } from "@/lib/contract/endpoints";
import { webhookFieldLabels } from "./webhook-field-labels";
import {
  fieldOf,
  formFields,
  formValuesOf,
  toCreateInput,
  toUpdateInput,
  type WebhookFormValues,
} from "./webhook-form-values";

export type EditedWebhook = Edited<WebhookFormValues, EndpointOutput | undefined>;
type BeganWebhook = Began<WebhookFormValues, EndpointOutput | undefined>;

/** A save that was refused: what is stored now, and what was to be saved. */
type Refused = { theirs: EndpointOutput; values: WebhookFormValues };

/**
 * Submits the form, puts the server's errors on its fields, and opens the webhook's page. For an edited webhook only
 * changes are sent, and nothing if another person saved meanwhile: `meanwhile` then lists their changes, until
 * `merge` or `keepEditing` is called. `release` is called before the form is left; `error` is an error that belongs
 * to no field.
 */
export function useSaveWebhook(
  form: UseFormReturn<WebhookFormValues>,
  edited: EditedWebhook,
  release: () => void,
) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const router = useRouter();
  const [error, setError] = useState<string>();
  const [refused, setRefused] = useState<Refused | null>(null);

  async function submit(values: WebhookFormValues, since: BeganWebhook = edited): Promise<void> {
    const { stored } = since;
    setError(undefined);
    try {
      const saved = await (stored
        ? update(stored, toUpdateInput(values, since.values))
        : callApi("POST /endpoints", { workspace: slug, body: toCreateInput(values) }));
      storeWebhook(client, slug, saved);
      void client.invalidateQueries({ queryKey: queryKeys.endpoints(slug) });
      release();
      if (stored) toast.success(`${saved.name} is saved`);
      router.push(stored ? webhookPaths.show(slug, saved.id) : webhookPaths.added(slug, saved.id));
    } catch (cause) {
      if (stored && isChangedMeanwhile(cause)) await readTheirs(stored.id, values);
      else setError(showProblem(cause, values));
    }
  }

  async function update(stored: EndpointOutput, changes: UpdateEndpointInput): Promise<EndpointOutput> {
    const one = { workspace: slug, params: { id: stored.id } };
    if (Object.keys(changes).length === 0) return callApi("GET /endpoints/{id}", one);
    return callApi("PATCH /endpoints/{id}", { ...one, body: changes, version: stored.version });
  }

  async function readTheirs(id: string, values: WebhookFormValues): Promise<void> {
    try {
      const theirs = await callApi("GET /endpoints/{id}", { workspace: slug, params: { id } });
      setRefused({ theirs, values });
    } catch (cause) {
      setError(showProblem(cause, values));
    }
  }

  const meanwhile =
    refused && edited.stored
      ? listMeanwhile(
          webhookFieldLabels(edited.values, edited.stored.headers),
          webhookFieldLabels(formValuesOf(refused.theirs), refused.theirs.headers),
          webhookFieldLabels(refused.values, edited.stored.headers),
        )
      : null;

  /**
   * Merges the other person's changes into the form, except fields changed here whose value here was chosen, and
   * saves.
   */
  async function merge(keptTheirs: ReadonlySet<string>): Promise<void> {
    if (!refused) return;
    const before = edited.values;
    const since = edited.begin(refused.theirs);
    const merged = mergeMeanwhile({ before, theirs: since.values, yours: refused.values }, keptTheirs);
    const own =
      merged.signature === since.values.signature ? { ...merged, secret: "", secretIsBase64: false } : merged;
    for (const field of [...formFields, "secretIsBase64"] as const) {
      form.setValue(field, own[field], { shouldDirty: true });
    }
    setRefused(null);
    await form.handleSubmit((values) => submit(values, since))();
  }

  function showProblem(cause: unknown, values: WebhookFormValues): string | undefined {
    return applyFieldErrors(cause, formFields, form.setError, (path) => fieldOf(path, values));
  }

  return { submit, error, meanwhile, merge, keepEditing: () => setRefused(null) };
}
