"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { FieldError, FormField } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { signInWithPassword } from "./sign-in-with-password";

type SignInFormProps = {
  /** Where to go afterwards; known to stay on this origin. */
  callbackPath: string;
};

export function SignInForm({ callbackPath }: SignInFormProps) {
  const [failure, setFailure] = useState<string>();
  const { register, handleSubmit, formState, setFocus } = useForm({
    defaultValues: { email: "", password: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = formState;
  const leaving = isSubmitSuccessful && !failure;

  const submit = handleSubmit(async ({ email, password }) => {
    setFailure(undefined);
    const message = await signInWithPassword(email, password);
    if (message) {
      setFailure(message);
      setFocus("password", { shouldSelect: true });
      return;
    }
    window.location.assign(callbackPath);
  });

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <FormField label="Email" error={errors.email?.message}>
        {(control) => (
          <Input
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            {...register("email", { required: "Enter your email address" })}
            {...control}
          />
        )}
      </FormField>
      <FormField label="Password" error={errors.password?.message}>
        {(control) => (
          <PasswordInput
            autoComplete="current-password"
            {...register("password", { required: "Enter your password" })}
            {...control}
          />
        )}
      </FormField>
      <FieldError className="rounded-md bg-danger-soft px-2.5 py-2 text-sm">{failure}</FieldError>
      <Button type="submit" pending={isSubmitting || leaving}>
        {isSubmitting || leaving ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}
