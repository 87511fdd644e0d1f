"use client";

import { Check } from "lucide-react";
import dynamic from "next/dynamic";
import { Controller, useForm } from "react-hook-form";
import { DraftNotice } from "@/components/shell/draft-notice";
import { RetryPolicyField } from "@/components/shell/retry-policy-field";
import { useEdited } from "@/components/shell/use-edited";
import { useFormDraft } from "@/components/shell/use-form-draft";
import { useUnsavedGuard } from "@/components/shell/use-unsaved-guard";
import { Button } from "@/components/ui/button";
import { FieldError, FormField } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { lazyResolver } from "@/components/ui/lazy-resolver";
import type { UpdateWorkspaceInput, WorkspaceOutput } from "@/lib/contract/workspaces";
import { retryPolicyDefault } from "@/lib/core/endpoints";
import { CheckboxField } from "./checkbox-field";
import { settingValuesOf } from "./setting-values";
import { useSaveSettings } from "./use-save-settings";

const ChangedMeanwhileDialog = dynamic(
  async () => (await import("@/components/shell/changed-meanwhile-dialog")).ChangedMeanwhileDialog,
  { ssr: false },
);
const UnsavedDialog = dynamic(async () => (await import("@/components/shell/unsaved-dialog")).UnsavedDialog, {
  ssr: false,
});

const resolver = lazyResolver<UpdateWorkspaceInput>(
  async () => (await import("@/lib/contract/workspaces")).updateWorkspaceInput,
);

/** The settings that people can change, and those that are read-only. */
export function GeneralForm({ settings, mayChange }: { settings: WorkspaceOutput; mayChange: boolean }) {
  const form = useForm<UpdateWorkspaceInput>({ resolver, defaultValues: settingValuesOf(settings) });
  const { register, control, handleSubmit, reset, formState } = form;
  const { errors, isSubmitting, isDirty } = formState;
  const edited = useEdited(form, settings, settingValuesOf);
  const save = useSaveSettings(form, edited);
  const draft = useFormDraft(form, "settings", { edited });
  const guard = useUnsavedGuard(isDirty && !isSubmitting, draft.forget);

  return (
    <form noValidate onSubmit={handleSubmit((values) => save.submit(values))}>
      <fieldset disabled={!mayChange} className="grid min-w-0 grid-cols-1 gap-8">
        <legend className="sr-only">Settings of the workspace</legend>
        <DraftNotice draft={draft} />
        <FormField label="Name" error={errors.name?.message}>
          {(field) => <Input {...field} {...register("name")} autoComplete="off" className="max-w-sm" />}
        </FormField>

        <FormField
          label="URL"
          description="The first part of the workspace's URLs. Links with the old slug keep working until another workspace uses it."
          error={errors.slug?.message}
        >
          {(field) => (
            <Input
              {...field}
              {...register("slug")}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="max-w-sm font-mono"
            />
          )}
        </FormField>

        <section aria-label="Retries" className="grid min-w-0 grid-cols-1 gap-3">
          <div>
            <h2 className="mb-1 font-semibold text-base">Retries</h2>
            <p className="text-muted-foreground">For webhooks that have no retry policy of their own.</p>
          </div>
          <Controller
            control={control}
            name="retryPolicy"
            render={({ field }) => (
              <RetryPolicyField
                mayInherit={false}
                legendClassName="sr-only"
                value={field.value ?? retryPolicyDefault}
                error={errors.retryPolicy?.retries?.message ?? errors.retryPolicy?.message}
                onChange={field.onChange}
              />
            )}
          />
        </section>

        <section aria-label="Accepted events" className="grid grid-cols-1 gap-3">
          <div>
            <h2 className="mb-1 font-semibold text-base">Accepted events</h2>
            <p className="text-muted-foreground">
              If one event is refused, the whole request is refused. The error says why.
            </p>
          </div>
          <Controller
            control={control}
            name="refuseUnknownTypes"
            render={({ field }) => (
              <CheckboxField
                label="Refuse unknown event types"
                description="If off, a new type is added to the catalogue with its first event."
                checked={field.value ?? false}
                onCheckedChange={field.onChange}
              />
            )}
          />
          <Controller
            control={control}
            name="refuseInvalidData"
            render={({ field }) => (
              <CheckboxField
                label="Refuse data that does not match its type's JSON Schema"
                description="Types without a schema accept any data."
                checked={field.value ?? false}
                onCheckedChange={field.onChange}
              />
            )}
          />
        </section>

        <section aria-label="Viewers" className="grid grid-cols-1 gap-3">
          <h2 className="font-semibold text-base">Viewers</h2>
          <Controller
            control={control}
            name="viewersSeePayloads"
            render={({ field }) => (
              <CheckboxField
                label="Show viewers the data of events"
                description="If off, viewers see which events were sent, but not their data or the responses of receivers."
                checked={field.value ?? false}
                onCheckedChange={field.onChange}
              />
            )}
          />
        </section>

        <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-2 border-border border-t pt-4 sm:grid-cols-[200px_minmax(0,1fr)]">
          <dt className="text-muted-foreground">Event retention</dt>
          <dd className="tabular-nums">{settings.retentionDays} days</dd>
          <dt className="text-muted-foreground">Webhook limit</dt>
          <dd className="tabular-nums">{settings.endpointLimit}</dd>
        </dl>

        {mayChange && (
          <div className="grid gap-3">
            <FieldError>{save.failure}</FieldError>
            <div className="flex flex-wrap items-center gap-3">
              <Button type="submit" pending={isSubmitting} disabled={!isDirty && !isSubmitting}>
                {isSubmitting ? "Saving…" : "Save changes"}
              </Button>
              {isDirty && !isSubmitting && (
                <Button
                  variant="ghost"
                  onClick={() => {
                    save.forgetSaved();
                    reset();
                  }}
                >
                  Undo changes
                </Button>
              )}
              <span role="status" className="text-success">
                {!isDirty && save.isSaved && (
                  <span className="inline-flex items-center gap-1.5">
                    <Check aria-hidden="true" className="size-4" />
                    Saved
                  </span>
                )}
              </span>
            </div>
          </div>
        )}
      </fieldset>
      {save.meanwhile && (
        <ChangedMeanwhileDialog
          what="settings"
          fields={save.meanwhile}
          onSave={(keptTheirs) => void save.merge(keptTheirs)}
          onClose={save.keepEditing}
        />
      )}
      {guard.asking && <UnsavedDialog onStay={guard.stay} onLeave={guard.leave} />}
    </form>
  );
}
