"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { EmailInput } from "@/components/ui/email-input";
import { FieldError, FormField } from "@/components/ui/field";
import { FormFooter } from "@/components/ui/form-footer";
import { ApiError } from "@/lib/api-client/api-error";
import type { InvitationOutput, SentInvitationOutput } from "@/lib/contract/members";
import { type Role, roles } from "@/lib/core/roles";
import { RoleChoice } from "./role-choice";
import { useInvite, useResendInvitation } from "./use-members";

/** Asks whom to invite, then shows the link once. With `resend`, a new link for an invitation. */
export function InviteDialog({
  resend,
  onClose,
}: {
  resend: InvitationOutput | undefined;
  onClose: () => void;
}) {
  const [sent, setSent] = useState<SentInvitationOutput>();
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="sm:max-w-lg" onInteractOutside={(event) => sent && event.preventDefault()}>
        {sent ? (
          <SentInvitation invitation={sent} onDone={onClose} />
        ) : resend ? (
          <ResendForm invitation={resend} onSent={setSent} onCancel={onClose} />
        ) : (
          <InviteForm onSent={setSent} onCancel={onClose} />
        )}
      </DialogContent>
    </Dialog>
  );
}

type FormProps = { onSent: (sent: SentInvitationOutput) => void; onCancel: () => void };

function InviteForm({ onSent, onCancel }: FormProps) {
  const invite = useInvite();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("developer");
  const { error } = invite;
  const wrong = error instanceof ApiError ? error.errors.find(({ path }) => path === "email") : undefined;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        invite.mutate({ email: email.trim(), role }, { onSuccess: onSent });
      }}
    >
      <DialogHeader>
        <DialogTitle>Invite a member</DialogTitle>
        <DialogDescription>
          They get a link by email, if this Posthorn sends emails, and you can copy it too. It works once, for
          7 days, and only for this address.
        </DialogDescription>
      </DialogHeader>
      <DialogBody>
        <FormField label="Email" error={wrong?.message}>
          {(control) => (
            <EmailInput
              {...control}
              autoComplete="off"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </FormField>
        <RoleChoice legend="Role" offered={roles} value={role} onChange={setRole} />
        <FieldError className="rounded-md bg-danger-soft px-2.5 py-2 text-sm">
          {wrong ? undefined : error?.message}
        </FieldError>
      </DialogBody>
      <FormFooter pending={invite.isPending} onCancel={onCancel}>
        {invite.isPending ? "Inviting…" : "Create invitation"}
      </FormFooter>
    </form>
  );
}

function ResendForm({ invitation, onSent, onCancel }: FormProps & { invitation: InvitationOutput }) {
  const resend = useResendInvitation();
  return (
    <>
      <DialogHeader>
        <DialogTitle className="break-words">New link for {invitation.email}</DialogTitle>
        <DialogDescription>The old link stops working. The new one works for 7 days.</DialogDescription>
      </DialogHeader>
      <DialogBody>
        <FieldError className="rounded-md bg-danger-soft px-2.5 py-2 text-sm">
          {resend.error?.message}
        </FieldError>
      </DialogBody>
      <DialogFooter onCancel={onCancel}>
        <Button pending={resend.isPending} onClick={() => resend.mutate(invitation, { onSuccess: onSent })}>
          {resend.isPending ? "Making a link…" : "Create a new link"}
        </Button>
      </DialogFooter>
    </>
  );
}

function SentInvitation({ invitation, onDone }: { invitation: SentInvitationOutput; onDone: () => void }) {
  return (
    <>
      <DialogHeader>
        <DialogTitle>{invitation.emailed ? "Invitation sent" : "Copy the invitation link"}</DialogTitle>
        <DialogDescription className="break-words">
          {invitation.emailed
            ? `An email with this link is on its way to ${invitation.email}. You can also pass it on yourself.`
            : `Send it to ${invitation.email}.`}{" "}
          You can't see it again, but you can create a new one.
        </DialogDescription>
      </DialogHeader>
      <DialogBody>
        <CodeBlock code={invitation.link} label="invitation link" wrap />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onDone}>Done</Button>
      </DialogFooter>
    </>
  );
}
