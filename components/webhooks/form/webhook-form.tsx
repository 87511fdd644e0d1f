"use client";

import { ChevronRight, TriangleAlert } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { Suspense, useEffect, useState } from "react";
import { Controller, useForm, useWatch } from "react-hook-form";
import { useEventTypes } from "@/components/data/use-webhooks";
import { DraftNotice } from "@/components/shell/draft-notice";
import { useEdited } from "@/components/shell/use-edited";
import { useFormDraft } from "@/components/shell/use-form-draft";
import { useUnsavedGuard } from "@/components/shell/use-unsaved-guard";
import { Button } from "@/components/ui/button";
import { FieldError, FormField } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { Textarea } from "@/components/ui/textarea";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { type PrivateTargets, privateTargetTexts } from "@/lib/core/delivery-limits";
import { EventsField } from "./events-field";
import { isPlainHttp } from "./is-plain-http";
import { RequestPreview } from "./request-preview";
import { SignatureField } from "./signature-field";
import { type EditedWebhook, useSaveWebhook } from "./use-save-webhook";
import { webhookFormResolver } from "./webhook-form-errors";
import { formValuesOf, hostOf, type WebhookFormValues, withoutSecrets } from "./webhook-form-values";

const AdvancedFields = dynamic(async () => (await import("./advanced-fields")).AdvancedFields);
const ChangedMeanwhileDialog = dynamic(
  async () => (await import("@/components/shell/changed-meanwhile-dialog")).ChangedMeanwhileDialog,
  { ssr: false },
);
const UnsavedDialog = dynamic(async () => (await import("@/components/shell/unsaved-dialog")).UnsavedDialog, {
  ssr: false,
});

/** The name of the draft of a webhook that is to be added. */
export const newWebhookForm = "webhook.new";

const advancedFields = ["headers", "retryPolicy", "rateLimit", "secret"] as const;

/**
 * Adds a webhook, or edits `endpoint`. If there is room, the request that its receiver will get is shown at the
 * right.
 */
export function WebhookForm({
  endpoint,
  targets,
  cancelHref,
}: {
  endpoint?: EndpointOutput;
  /** The targets that webhooks may have on this instance. */
  targets: PrivateTargets;
  cancelHref: string;
}) {
  const form = useForm<WebhookFormValues>({
    defaultValues: formValuesOf(endpoint),
    resolver: webhookFormResolver(endpoint ? "edit" : "create"),
    reValidateMode: "onChange",
  });
  const { control, register, formState } = form;
  const { errors } = formState;
  const values = useWatch({ control, compute: (current: WebhookFormValues) => current });
  const catalogue = useEventTypes();
  const edited: EditedWebhook = useEdited(form, endpoint, formValuesOf);
  const before = edited.stored;
  const draft = useFormDraft(form, endpoint ? `webhook.${endpoint.id}` : newWebhookForm, {
    withoutSecrets,
    edited,
  });
  const guard = useUnsavedGuard(formState.isDirty, draft.forget);
  const save = useSaveWebhook(form, edited, guard.release);
  const storedHeaders = before?.headers ?? [];
  const [advanced, setAdvanced] = useState(
    storedHeaders.length > 0 || Boolean(endpoint?.retryPolicy) || Boolean(endpoint?.rateLimit),
  );
  useEffect(() => {
    if (
      draft.restored?.lacksSecrets ||
      advancedFields.some((field) => field in (draft.restored?.values ?? {}))
    )
      setAdvanced(true);
  }, [draft.restored]);
  const host = hostOf(values.url);
  const advancedOpen = advanced || advancedFields.some((field) => errors[field] !== undefined);

  return (
    <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-[minmax(0,3fr)_minmax(320px,2fr)]">
      <form
        noValidate
        onSubmit={form.handleSubmit((values) => save.submit(values))}
        className="grid max-w-2xl grid-cols-1 gap-8"
      >
        <DraftNotice draft={draft} />
        <div className="grid grid-cols-1 gap-4">
          <FormField
            label="URL"
            description={`Where Posthorn sends a POST request for each event. ${privateTargetTexts[targets]}`}
            error={errors.url?.message}
          >
            {(field) => (
              <Input
                {...field}
                {...register("url")}
                type="url"
                inputMode="url"
                autoComplete="off"
                spellCheck={false}
                autoFocus={!endpoint}
                placeholder="https://example.com/webhooks"
                className="font-mono text-xs"
              />
            )}
          </FormField>
          {isPlainHttp(values.url) && (
            <p className="-mt-2 flex items-start gap-1.5 text-warning text-xs">
              <TriangleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
              {targets === "all"
                ? "This address is not encrypted: others on the network can read the events. Use https:// if you can."
                : "This address is not encrypted, and will be refused. Use https://."}
            </p>
          )}
          <FormField label="Name" error={errors.name?.message} optional>
            {(field) => (
              <Input
                {...field}
                {...register("name")}
                autoComplete="off"
                placeholder={host || "Taken from the host"}
              />
            )}
          </FormField>
          <FormField label="Description" error={errors.description?.message} optional>
            {(field) => (
              <Textarea
                {...field}
                {...register("description")}
                placeholder="What it is for, and who to ask"
              />
            )}
          </FormField>
        </div>

        <Controller
          control={control}
          name="eventTypes"
          render={({ field }) => (
            <EventsField
              value={field.value}
              catalogue={catalogue.data}
              catalogueFailed={catalogue.isError}
              error={errors.eventTypes?.message}
              onChange={field.onChange}
            />
          )}
        />

        <Controller
          control={control}
          name="signature"
          render={({ field }) => (
            <SignatureField
              value={field.value}
              saved={before?.signature}
              onChange={(kind) => {
                // The typed secret belongs to the other kind.
                form.setValue("secret", "");
                form.setValue("secretIsBase64", false);
                form.clearErrors("secret");
                field.onChange(kind);
              }}
            />
          )}
        />

        <details
          open={advancedOpen}
          onToggle={(event) => setAdvanced(event.currentTarget.open)}
          className="group rounded-lg border border-border"
        >
          <summary className="flex items-center gap-1.5 rounded-lg px-3 py-2 font-medium marker:content-none">
            <ChevronRight
              aria-hidden="true"
              className="size-4 text-muted-foreground transition-transform duration-100 group-open:rotate-90"
            />
            Advanced
            <span className="font-normal text-muted-foreground">
              {endpoint ? "headers, retries, rate limit" : "headers, retries, rate limit, existing secret"}
            </span>
          </summary>
          {advancedOpen && (
            <Suspense fallback={<Skeleton className="m-4 h-16" />}>
              <AdvancedFields
                control={control}
                register={register}
                errors={errors}
                storedHeaders={storedHeaders}
                newSecretKind={values.signature === before?.signature ? null : values.signature}
              />
            </Suspense>
          )}
        </details>

        <div className="grid gap-3">
          <FieldError>{save.error}</FieldError>
          <div className="flex flex-wrap gap-2">
            <Button type="submit" pending={formState.isSubmitting}>
              {endpoint ? "Save changes" : "Add webhook"}
            </Button>
            <Button variant="outline" asChild>
              <Link href={cancelHref}>Cancel</Link>
            </Button>
          </div>
        </div>
      </form>
      <div className="sticky top-20 max-lg:hidden">
        <RequestPreview
          values={values}
          storedHeaders={storedHeaders}
          savedSignature={before?.signature}
          catalogue={catalogue.data ?? []}
        />
      </div>
      {save.meanwhile && (
        <ChangedMeanwhileDialog
          what="webhook"
          fields={save.meanwhile}
          onSave={(keptTheirs) => void save.merge(keptTheirs)}
          onClose={save.keepEditing}
        />
      )}
      {guard.asking && <UnsavedDialog onStay={guard.stay} onLeave={guard.leave} />}
    </div>
  );
}
