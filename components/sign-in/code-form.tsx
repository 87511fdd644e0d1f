"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { FieldError, FormField } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { beginSession } from "./begin-session";

/** Asks for the second factor. `onBack` starts again. */
export function CodeForm({ callbackPath, onBack }: { callbackPath: string; onBack: () => void }) {
  const [failure, setFailure] = useState<string>();
  const [recovery, setRecovery] = useState(false);
  const { register, handleSubmit, formState, setFocus, resetField } = useForm({
    defaultValues: { code: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = formState;
  const leaving = isSubmitSuccessful && !failure;
  const submit = handleSubmit(async ({ code }) => {
    setFailure(undefined);
    const outcome = await beginSession("second-factor", { code });
    if (outcome.step === "refused") {
      setFailure(outcome.message);
      setFocus("code", { shouldSelect: true });
      return;
    }
    window.location.assign(callbackPath);
  });
  const change = () => {
    setRecovery(!recovery);
    setFailure(undefined);
    resetField("code");
    setFocus("code");
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <FormField
        label={recovery ? "Recovery code" : "Code"}
        description={
          recovery
            ? "One of the codes that you saved when you turned two-factor authentication on."
            : "The six digits that your authenticator app shows for Posthorn."
        }
        error={errors.code?.message}
      >
        {(control) => (
          <Input
            autoFocus
            autoComplete="one-time-code"
            inputMode={recovery ? "text" : "numeric"}
            autoCapitalize="none"
            spellCheck={false}
            className="font-mono"
            {...register("code", { required: recovery ? "Enter a recovery code" : "Enter the code" })}
            {...control}
          />
        )}
      </FormField>
      <FieldError className="rounded-md bg-danger-soft px-2.5 py-2 text-sm">{failure}</FieldError>
      <Button type="submit" pending={isSubmitting || leaving}>
        {isSubmitting || leaving ? "Signing in…" : "Sign in"}
      </Button>
      <div className="flex flex-wrap justify-between gap-x-4 gap-y-1">
        <Button variant="link" onClick={change}>
          {recovery ? "Use your authenticator app" : "Use a recovery code"}
        </Button>
        <Button variant="link" onClick={onBack}>
          Back
        </Button>
      </div>
    </form>
  );
}
