"use client";

import Link from "next/link";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { EmailInput } from "@/components/ui/email-input";
import { FieldError, FormField } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { lazyResolver } from "@/components/ui/lazy-resolver";
import { PasswordInput } from "@/components/ui/password-input";
import { ApiError } from "@/lib/api-client/api-error";
import { apiFetch } from "@/lib/api-client/api-fetch";
import { applyFieldErrors } from "@/lib/api-client/apply-field-errors";
import type { SetupInput, SetupOutput } from "@/lib/contract/setup";
import { beginSession } from "./begin-session";

const resolver = lazyResolver<SetupInput>(async () => (await import("@/lib/contract/setup")).setupInput);

type SetupFormProps = {
  /** From the link that was printed at start, if it had one. */
  token: string | undefined;
};

/** Creates the first account and workspace, signs in, and opens the workspace's webhooks. */
export function SetupForm({ token }: SetupFormProps) {
  const [failure, setFailure] = useState<{ message: string; alreadyDone: boolean }>();
  const form = useForm<SetupInput>({
    resolver,
    defaultValues: { name: "", email: "", password: "", workspace: "", sampleCatalogue: true },
  });
  const { register, control, handleSubmit, setError, formState } = form;
  const { errors, isSubmitting, isSubmitSuccessful } = formState;
  const busy = isSubmitting || (isSubmitSuccessful && !failure && Object.keys(errors).length === 0);

  const submit = handleSubmit(async (values) => {
    setFailure(undefined);
    try {
      const { workspace } = await apiFetch<SetupOutput>("/api/setup", {
        method: "POST",
        body: { ...values, token },
      });
      const { email, password } = values;
      const { step } = await beginSession("credentials", { email, password });
      window.location.assign(step !== "in" ? "/sign-in" : `/${workspace.slug}/developers/webhooks`);
    } catch (error) {
      const fields = ["name", "email", "password", "workspace", "sampleCatalogue"] as const;
      const message = applyFieldErrors(error, fields, setError);
      const alreadyDone = error instanceof ApiError && error.status === 409;
      if (message) setFailure({ message, alreadyDone });
    }
  });

  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      <FormField label="Your name" error={errors.name?.message}>
        {(field) => <Input autoComplete="name" autoFocus {...register("name")} {...field} />}
      </FormField>
      <FormField label="Email" error={errors.email?.message}>
        {(field) => <EmailInput autoComplete="username" {...register("email")} {...field} />}
      </FormField>
      <FormField label="Password" description="At least 12 characters." error={errors.password?.message}>
        {(field) => <PasswordInput autoComplete="new-password" {...register("password")} {...field} />}
      </FormField>
      <FormField
        label="Workspace"
        description="Usually the name of your company or product."
        error={errors.workspace?.message}
      >
        {(field) => <Input autoComplete="organization" {...register("workspace")} {...field} />}
      </FormField>
      <Controller
        control={control}
        name="sampleCatalogue"
        render={({ field: { value, onChange, ref, onBlur } }) => (
          <div className="flex items-start gap-2">
            <Checkbox
              id="sample-catalogue"
              ref={ref}
              checked={value}
              onBlur={onBlur}
              onCheckedChange={(checked) => onChange(checked === true)}
              aria-describedby="sample-catalogue-description"
              className="mt-0.5"
            />
            <div>
              <Label htmlFor="sample-catalogue">Add a sample catalogue of event types</Label>
              <p id="sample-catalogue-description" className="text-muted-foreground text-xs">
                Customers, invoices, subscriptions and more, with examples, so you can send a test event right
                away.
              </p>
            </div>
          </div>
        )}
      />
      {failure && (
        <FieldError className="rounded-md bg-danger-soft px-2.5 py-2 text-sm">
          {failure.message}{" "}
          {failure.alreadyDone && (
            <Link href="/sign-in" className="font-medium underline underline-offset-2">
              Sign in
            </Link>
          )}
        </FieldError>
      )}
      <Button type="submit" pending={busy}>
        {busy ? "Setting up…" : "Set up"}
      </Button>
    </form>
  );
}
