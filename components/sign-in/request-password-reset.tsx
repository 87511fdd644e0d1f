"use client";

import Link from "next/link";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Button, buttonVariants } from "@/components/ui/button";
import { EmailInput } from "@/components/ui/email-input";
import { FieldError, FormField } from "@/components/ui/field";
import { apiFetch } from "@/lib/api-client/api-fetch";
import { applyFieldErrors } from "@/lib/api-client/apply-field-errors";

/** Requests a link to set a new password. The answer does not depend on whether the account exists. */
export function RequestPasswordReset({ sendsEmails }: { sendsEmails: boolean }) {
  const [failure, setFailure] = useState<string>();
  const [sentTo, setSentTo] = useState<string>();
  const { register, handleSubmit, setError, formState } = useForm({ defaultValues: { email: "" } });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ email }) => {
    setFailure(undefined);
    try {
      await apiFetch("/api/account/password-reset/request", { method: "POST", body: { email } });
      setSentTo(email);
    } catch (error) {
      setFailure(applyFieldErrors(error, ["email"], setError));
    }
  });
  const back = (
    <Link href="/sign-in" className={buttonVariants({ variant: "outline" })}>
      Back to sign-in
    </Link>
  );
  if (!sendsEmails) {
    return (
      <div className="grid gap-4">
        <p>
          This Posthorn sends no emails. The people who run it can set a new password for you with{" "}
          <code className="whitespace-nowrap font-mono text-xs">npm run reset-password</code>.
        </p>
        {back}
      </div>
    );
  }
  if (sentTo !== undefined) {
    return (
      <div className="grid gap-4" role="status">
        <p>
          If {sentTo} has an account, a link to set a new password is on its way. It works once, for 30
          minutes.
        </p>
        {back}
      </div>
    );
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <FormField
        label="Email"
        description="A link to choose a new password will be sent to it."
        error={errors.email?.message}
      >
        {(control) => (
          <EmailInput
            autoComplete="username"
            autoFocus
            {...register("email", { required: "Enter your email address" })}
            {...control}
          />
        )}
      </FormField>
      <FieldError className="rounded-md bg-danger-soft px-2.5 py-2 text-sm">{failure}</FieldError>
      <Button type="submit" pending={isSubmitting}>
        {isSubmitting ? "Sending…" : "Send link"}
      </Button>
      {back}
    </form>
  );
}
