"use client";

import Link from "next/link";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Button, buttonVariants } from "@/components/ui/button";
import { FieldError, FormField } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { apiFetch } from "@/lib/api-client/api-fetch";
import { applyFieldErrors } from "@/lib/api-client/apply-field-errors";
import type { AcceptedInvitationOutput, AcceptInvitationInput } from "@/lib/contract/members";
import { beginSession } from "./begin-session";

type AcceptInvitationProps = {
  token: string;
  /** The invited address. */
  email: string;
  hasAccount: boolean;
  /** The signed-in user's. */
  signedInAs: string | null;
};

/** What a person with an invitation's link can do: accept, create an account, or sign in as the invited user. */
export function AcceptInvitation(props: AcceptInvitationProps) {
  const { email, signedInAs, hasAccount, token } = props;
  if (signedInAs !== null && signedInAs.toLowerCase() !== email) return <WrongAccount {...props} />;
  if (signedInAs !== null) return <AcceptButton {...props} />;
  if (!hasAccount) return <NewAccount {...props} />;
  return (
    <div className="grid gap-3">
      <p>You have an account with this address. Sign in to accept.</p>
      <Link
        href={`/sign-in?callbackUrl=${encodeURIComponent(`/invite/${token}`)}`}
        className={buttonVariants()}
      >
        Sign in as {email}
      </Link>
    </div>
  );
}

const accept = (body: AcceptInvitationInput) =>
  apiFetch<AcceptedInvitationOutput>("/api/invitations/accept", { method: "POST", body });

function AcceptButton({ token }: AcceptInvitationProps) {
  const [failure, setFailure] = useState<string>();
  const [pending, setPending] = useState(false);
  const join = async () => {
    setPending(true);
    setFailure(undefined);
    try {
      const { workspace } = await accept({ token });
      window.location.assign(`/${workspace}/developers/webhooks`);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : "Something went wrong. Try again.");
      setPending(false);
    }
  };
  return (
    <div className="grid gap-3">
      <FieldError className="rounded-md bg-danger-soft px-2.5 py-2 text-sm">{failure}</FieldError>
      <Button pending={pending} onClick={() => void join()}>
        {pending ? "Joining…" : "Accept invitation"}
      </Button>
    </div>
  );
}

function WrongAccount({ token, email, signedInAs }: AcceptInvitationProps) {
  const [pending, setPending] = useState(false);
  const signOut = async () => {
    setPending(true);
    const auth = await import("next-auth/react");
    await auth.signOut({ callbackUrl: `/invite/${token}`, redirect: false });
    window.location.reload();
  };
  return (
    <div className="grid gap-3">
      <p>
        You are signed in as <span className="font-medium">{signedInAs}</span>. Only {email} can accept this
        invitation. Sign out and open it as {email}, or ask for an invitation to {signedInAs}.
      </p>
      <Button pending={pending} onClick={() => void signOut()}>
        Sign out
      </Button>
    </div>
  );
}

function NewAccount({ token, email }: AcceptInvitationProps) {
  const [failure, setFailure] = useState<string>();
  const form = useForm({ defaultValues: { name: "", password: "" } });
  const { register, handleSubmit, setError, formState } = form;
  const { errors, isSubmitting } = formState;
  const [leaving, setLeaving] = useState(false);
  const submit = handleSubmit(async ({ name, password }) => {
    setFailure(undefined);
    try {
      const { workspace } = await accept({ token, name, password });
      setLeaving(true);
      const { step } = await beginSession("credentials", { email, password });
      window.location.assign(step !== "in" ? "/sign-in" : `/${workspace}/developers/webhooks`);
    } catch (error) {
      setFailure(applyFieldErrors(error, ["name", "password"], setError));
    }
  });
  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      <FormField label="Email">
        {(control) => <Input {...control} type="email" autoComplete="username" value={email} readOnly />}
      </FormField>
      <FormField label="Your name" error={errors.name?.message}>
        {(control) => <Input autoComplete="name" {...register("name")} {...control} />}
      </FormField>
      <FormField label="Password" description="At least 12 characters." error={errors.password?.message}>
        {(control) => <PasswordInput autoComplete="new-password" {...register("password")} {...control} />}
      </FormField>
      <FieldError className="rounded-md bg-danger-soft px-2.5 py-2 text-sm">{failure}</FieldError>
      <Button type="submit" pending={isSubmitting || leaving}>
        {isSubmitting || leaving ? "Joining…" : "Create account and join"}
      </Button>
    </form>
  );
}
