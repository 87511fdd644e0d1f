"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { FieldError, FormField } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { apiFetch } from "@/lib/api-client/api-fetch";
import { applyFieldErrors } from "@/lib/api-client/apply-field-errors";
import type { CreatedWorkspaceOutput } from "@/lib/contract/instance";

/** Creates a workspace and opens it. */
export function CreateWorkspaceForm() {
  const [failure, setFailure] = useState<string>();
  const [leaving, setLeaving] = useState(false);
  const { register, handleSubmit, setError, formState } = useForm({ defaultValues: { name: "", slug: "" } });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ name, slug }) => {
    setFailure(undefined);
    try {
      const made = await apiFetch<CreatedWorkspaceOutput>("/api/instance/workspaces", {
        method: "POST",
        body: { name, ...(slug ? { slug } : {}) },
      });
      setLeaving(true);
      window.location.assign(`/${made.slug}/developers/webhooks`);
    } catch (error) {
      setFailure(applyFieldErrors(error, ["name", "slug"], setError));
    }
  });
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <FormField label="Name" error={errors.name?.message}>
        {(control) => <Input autoFocus autoComplete="organization" {...register("name")} {...control} />}
      </FormField>
      <FormField
        label="URL"
        optional
        description="The first part of the workspace's URLs. If empty, it is made from the name."
        error={errors.slug?.message}
      >
        {(control) => (
          <Input
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="acme-test"
            className="font-mono"
            {...register("slug")}
            {...control}
          />
        )}
      </FormField>
      <FieldError className="rounded-md bg-danger-soft px-2.5 py-2 text-sm">{failure}</FieldError>
      <div className="flex items-center gap-2">
        <Button type="submit" pending={isSubmitting || leaving}>
          {isSubmitting || leaving ? "Creating…" : "Create workspace"}
        </Button>
        <Button variant="ghost" onClick={() => window.history.back()}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
