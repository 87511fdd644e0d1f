"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { FieldError, FormField } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import { applyFieldErrors } from "@/lib/api-client/apply-field-errors";
import type { ChangePasswordInput, ProfileOutput } from "@/lib/contract/account";
import { Section } from "./section";
import { changeAccount, useAccountAct } from "./use-account";

/** Changes the password, or sets the first one by an emailed link. */
export function PasswordSection({ profile }: { profile: ProfileOutput }) {
  const [changing, setChanging] = useState(false);
  const sendLink = useAccountAct(
    () => changeAccount("/password-reset/request", "POST", { email: profile.email }),
    () => `A link to set a password was sent to ${profile.email}`,
  );
  if (!profile.hasPassword) {
    return (
      <Section title="Password" description="Your account has no password: you sign in another way.">
        <FieldError>{sendLink.error?.message}</FieldError>
        {profile.sendsEmails && (
          <div>
            <Button variant="outline" pending={sendLink.isPending} onClick={() => sendLink.mutate(undefined)}>
              Email me a link to set one
            </Button>
          </div>
        )}
      </Section>
    );
  }
  return (
    <Section title="Password" description="Changing it signs you out everywhere else.">
      {changing ? (
        <ChangePasswordForm onDone={() => setChanging(false)} />
      ) : (
        <div>
          <Button variant="outline" onClick={() => setChanging(true)}>
            Change password
          </Button>
        </div>
      )}
    </Section>
  );
}

function ChangePasswordForm({ onDone }: { onDone: () => void }) {
  const [failure, setFailure] = useState<string>();
  const change = useAccountAct(
    (body: ChangePasswordInput) => changeAccount<{ ended: number }>("/password", "POST", body),
    ({ ended }) =>
      ended === 0
        ? "Your password was changed"
        : `Your password was changed, and ${ended === 1 ? "1 other session" : `${ended} other sessions`} ended`,
  );
  const { register, handleSubmit, setError, formState } = useForm({
    defaultValues: { currentPassword: "", newPassword: "" },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    setFailure(undefined);
    try {
      await change.mutateAsync(values);
      onDone();
    } catch (error) {
      setFailure(applyFieldErrors(error, ["currentPassword", "newPassword"], setError));
    }
  });
  return (
    <form method="post" onSubmit={submit} noValidate className="grid max-w-sm gap-4">
      <FormField label="Current password" error={errors.currentPassword?.message}>
        {(control) => (
          <PasswordInput
            autoFocus
            autoComplete="current-password"
            {...register("currentPassword")}
            {...control}
          />
        )}
      </FormField>
      <FormField
        label="New password"
        description="At least 12 characters."
        error={errors.newPassword?.message}
      >
        {(control) => <PasswordInput autoComplete="new-password" {...register("newPassword")} {...control} />}
      </FormField>
      <FieldError>{failure}</FieldError>
      <div className="flex gap-2">
        <Button type="submit" pending={isSubmitting}>
          Set password
        </Button>
        <Button variant="ghost" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
