"use client";

import Link from "next/link";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Button, buttonVariants } from "@/components/ui/button";
import { FieldError, FormField } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import { apiFetch } from "@/lib/api-client/api-fetch";
import { applyFieldErrors } from "@/lib/api-client/apply-field-errors";

/** Sets a new password by an emailed link, and opens the sign-in page. */
export function NewPasswordForm({ token }: { token: string }) {
  const [failure, setFailure] = useState<string>();
  const [done, setDone] = useState(false);
  const { register, handleSubmit, setError, formState } = useForm({ defaultValues: { password: "" } });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ password }) => {
    setFailure(undefined);
    try {
      await apiFetch("/api/account/password-reset", { method: "POST", body: { token, password } });
      setDone(true);
    } catch (error) {
      setFailure(applyFieldErrors(error, ["password"], setError));
    }
  });
  if (done) {
    return (
      <div className="grid gap-4" role="status">
        <p>Your new password is set. All sessions of your account were ended.</p>
        <Link href="/sign-in" className={buttonVariants()}>
          Sign in
        </Link>
      </div>
    );
  }
  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      <FormField
        label="New password"
        description="At least 12 characters. Signs you out everywhere."
        error={errors.password?.message}
      >
        {(control) => (
          <PasswordInput
            autoFocus
            autoComplete="new-password"
            {...register("password", { required: "Enter a new password" })}
            {...control}
          />
        )}
      </FormField>
      <FieldError className="rounded-md bg-danger-soft px-2.5 py-2 text-sm">{failure}</FieldError>
      <Button type="submit" pending={isSubmitting}>
        {isSubmitting ? "Setting…" : "Set password"}
      </Button>
    </form>
  );
}
