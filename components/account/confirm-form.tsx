"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { FieldError, FormField } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { applyFieldErrors } from "@/lib/api-client/apply-field-errors";
import type { ConfirmInput } from "@/lib/contract/account";

/** Asks for the password, or for a code if there is no password, before a sensitive change. */
export function ConfirmForm({
  hasPassword,
  label,
  description,
  onConfirm,
  onCancel,
}: {
  hasPassword: boolean;
  label: string;
  description: string;
  onConfirm: (input: ConfirmInput) => Promise<void>;
  onCancel: () => void;
}) {
  const [failure, setFailure] = useState<string>();
  const name = hasPassword ? "currentPassword" : "code";
  const form = useForm<{ currentPassword: string; code: string }>({
    defaultValues: { currentPassword: "", code: "" },
  });
  const { register, handleSubmit, setError, formState } = form;
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    setFailure(undefined);
    try {
      await onConfirm({ [name]: values[name] });
    } catch (error) {
      setFailure(applyFieldErrors(error, ["currentPassword", "code"], setError));
    }
  });
  return (
    <form method="post" onSubmit={submit} noValidate className="grid max-w-sm gap-4">
      <p className="text-muted-foreground">{description}</p>
      <FormField label={hasPassword ? "Current password" : "Code"} error={errors[name]?.message}>
        {(control) =>
          hasPassword ? (
            <PasswordInput autoFocus autoComplete="current-password" {...register(name)} {...control} />
          ) : (
            <Input
              autoFocus
              autoComplete="one-time-code"
              inputMode="numeric"
              className="font-mono"
              {...register(name)}
              {...control}
            />
          )
        }
      </FormField>
      <FieldError>{failure}</FieldError>
      <div className="flex gap-2">
        <Button type="submit" pending={isSubmitting}>
          {label}
        </Button>
        <Button variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
