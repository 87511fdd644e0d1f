"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmailInput } from "@/components/ui/email-input";
import { FieldError, FormField } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import { applyFieldErrors } from "@/lib/api-client/apply-field-errors";
import type { ChangeEmailInput, ProfileOutput } from "@/lib/contract/account";
import { Section } from "./section";
import { changeAccount, useAccountAct } from "./use-account";

/** The address to sign in with: whether it is confirmed, and changing it. */
export function EmailSection({ profile }: { profile: ProfileOutput }) {
  const { email, emailConfirmed, newEmail, sendsEmails } = profile;
  const [editing, setEditing] = useState(false);
  const cancel = useAccountAct(
    () => changeAccount("/email", "DELETE"),
    () => "The change was canceled",
  );
  return (
    <Section
      title="Email address"
      description="You sign in with it, and emails from Posthorn are sent to it."
    >
      <p className="flex flex-wrap items-center gap-2">
        <span className="break-all">{email}</span>
        <Badge>{emailConfirmed ? "Confirmed" : "Not confirmed"}</Badge>
      </p>
      {newEmail !== null && (
        <div className="flex flex-wrap items-center gap-3 rounded-md bg-warning-soft px-3 py-2">
          <p className="min-w-0 flex-1 basis-60 break-words">
            {newEmail === email
              ? `A link was sent to ${newEmail}. Open it to confirm the address.`
              : `A link was sent to ${newEmail}. Until you open it, your address stays ${email}.`}
          </p>
          <Button
            variant="outline"
            size="sm"
            pending={cancel.isPending}
            onClick={() => cancel.mutate(undefined)}
          >
            Cancel change
          </Button>
        </div>
      )}
      <FieldError>{cancel.error?.message}</FieldError>
      {!sendsEmails ? (
        <p className="text-muted-foreground">
          This Posthorn sends no emails, so an address can't be confirmed or changed here.
        </p>
      ) : editing ? (
        <ChangeEmailForm profile={profile} onDone={() => setEditing(false)} />
      ) : (
        <div>
          <Button variant="outline" onClick={() => setEditing(true)}>
            {emailConfirmed ? "Change address" : "Confirm or change address"}
          </Button>
        </div>
      )}
    </Section>
  );
}

function ChangeEmailForm({ profile, onDone }: { profile: ProfileOutput; onDone: () => void }) {
  const [failure, setFailure] = useState<string>();
  const change = useAccountAct((body: ChangeEmailInput) => changeAccount("/email", "POST", body));
  const { register, handleSubmit, setError, formState } = useForm({
    defaultValues: { email: profile.emailConfirmed ? "" : profile.email, currentPassword: "" },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ email, currentPassword }) => {
    setFailure(undefined);
    try {
      await change.mutateAsync({ email, ...(profile.hasPassword ? { currentPassword } : {}) });
      onDone();
    } catch (error) {
      setFailure(applyFieldErrors(error, ["email", "currentPassword"], setError));
    }
  });
  return (
    <form method="post" onSubmit={submit} noValidate className="grid max-w-sm gap-4">
      <FormField
        label="New address"
        description="A link to confirm it will be sent to this address."
        error={errors.email?.message}
      >
        {(control) => <EmailInput autoFocus autoComplete="email" {...register("email")} {...control} />}
      </FormField>
      {profile.hasPassword && (
        <FormField label="Current password" error={errors.currentPassword?.message}>
          {(control) => (
            <PasswordInput autoComplete="current-password" {...register("currentPassword")} {...control} />
          )}
        </FormField>
      )}
      <FieldError>{failure}</FieldError>
      <div className="flex gap-2">
        <Button type="submit" pending={isSubmitting}>
          Send link
        </Button>
        <Button variant="ghost" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
