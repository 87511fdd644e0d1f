"use client";

import { useEffect, useState } from "react";
import { Controller, useController, useForm } from "react-hook-form";
import { DraftNotice } from "@/components/shell/draft-notice";
import { useFormDraft } from "@/components/shell/use-form-draft";
import { useWorkspace } from "@/components/shell/use-workspace";
import { DialogBody, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { FieldError, FormField } from "@/components/ui/field";
import { FormFooter } from "@/components/ui/form-footer";
import { Input } from "@/components/ui/input";
import { lazyResolver } from "@/components/ui/lazy-resolver";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { applyFieldErrors } from "@/lib/api-client/apply-field-errors";
import type { CreateApiKeyInput, CreatedApiKeyOutput } from "@/lib/contract/api-keys";
import { keyScopesOf } from "@/lib/core/roles";
import { ScopeCheckboxes } from "./scope-checkboxes";
import { useCreateApiKey } from "./use-api-keys";

const resolver = lazyResolver<CreateApiKeyInput>(
  async () => (await import("@/lib/contract/api-keys")).createApiKeyInput,
);

type CreateApiKeyFormProps = {
  onCreated: (created: CreatedApiKeyOutput) => void;
  onCancel: () => void;
};

export function CreateApiKeyForm({ onCreated, onCancel }: CreateApiKeyFormProps) {
  const { role } = useWorkspace();
  const create = useCreateApiKey();
  const [failure, setFailure] = useState<string>();
  const form = useForm<CreateApiKeyInput>({
    resolver,
    defaultValues: { name: "", scopes: ["events:write"] },
  });
  const { register, control, handleSubmit, setError, formState } = form;
  const draft = useFormDraft(form, "api-key");
  // Closing the dialog discards the input; the end of the session unmounts nothing.
  useEffect(() => draft.forget, [draft.forget]);
  const { errors, isSubmitting } = formState;
  const scopes = useController({ control, name: "scopes" });

  const submit = handleSubmit(async (values) => {
    setFailure(undefined);
    try {
      onCreated(await create.mutateAsync(values));
    } catch (error) {
      setFailure(applyFieldErrors(error, ["name", "scopes"], setError));
    }
  });

  return (
    <form onSubmit={submit} noValidate>
      <DialogHeader>
        <DialogTitle>Create API key</DialogTitle>
        <DialogDescription>
          Only give a key the scopes its server needs. It stops working when you leave this workspace, and can
          never do more than your role allows.
        </DialogDescription>
      </DialogHeader>
      <DialogBody>
        <DraftNotice draft={draft} />
        <FormField label="Name" description="What the key is used for." error={errors.name?.message}>
          {(field) => (
            <Input
              placeholder="Billing service, production"
              autoComplete="off"
              {...register("name")}
              {...field}
            />
          )}
        </FormField>
        <Controller
          control={control}
          name="expiresInDays"
          render={({ field }) => (
            <FormField label="Expires" error={errors.expiresInDays?.message}>
              {(props) => (
                <Select
                  value={String(field.value ?? "never")}
                  onValueChange={(value) => field.onChange(value === "never" ? undefined : Number(value))}
                >
                  <SelectTrigger {...props} className="w-48">
                    <SelectValue />
                  </SelectTrigger>
                  <SelectContent>
                    <SelectItem value="never">Never</SelectItem>
                    <SelectItem value="30">In 30 days</SelectItem>
                    <SelectItem value="90">In 90 days</SelectItem>
                    <SelectItem value="365">In a year</SelectItem>
                  </SelectContent>
                </Select>
              )}
            </FormField>
          )}
        />
        <ScopeCheckboxes
          offered={keyScopesOf(role)}
          value={scopes.field.value}
          onChange={scopes.field.onChange}
          firstRef={scopes.field.ref}
          error={errors.scopes?.message}
        />
        <FieldError className="rounded-md bg-danger-soft px-2.5 py-2 text-sm">{failure}</FieldError>
      </DialogBody>
      <FormFooter pending={isSubmitting} onCancel={onCancel}>
        {isSubmitting ? "Creating…" : "Create key"}
      </FormFooter>
    </form>
  );
}
