"use client";

import Link from "next/link";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { leaveForProvider } from "@/components/shell/leave-for-provider";
import { Button } from "@/components/ui/button";
import { EmailInput } from "@/components/ui/email-input";
import { FieldError, FormField } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import { ApiError } from "@/lib/api-client/api-error";
import { apiFetch } from "@/lib/api-client/api-fetch";
import type { SignInProvider } from "@/lib/core/account";
import { beginSession } from "./begin-session";
import { CodeForm } from "./code-form";

type SignInFormProps = {
  /** The page to open afterwards; checked to be on this origin. */
  callbackPath: string;
  providers: { id: SignInProvider; name: string }[];
  /** Whether links to sign in can be sent. */
  sendsEmails: boolean;
  /** Why a provider led back here. */
  failure?: string;
  /** Whether the first factor was passed, at a provider. */
  asksForCode: boolean;
};

/** Signs in with a password, an emailed link, or a provider; then with a code, if the account requires it. */
export function SignInForm(props: SignInFormProps) {
  const { callbackPath, providers, sendsEmails } = props;
  const [step, setStep] = useState<"form" | "code" | "sent">(props.asksForCode ? "code" : "form");
  const [failure, setFailure] = useState(props.failure);
  const [busy, setBusy] = useState<"password" | "link" | SignInProvider | null>(null);
  const { register, handleSubmit, formState, setFocus, setError, getValues, trigger } = useForm({
    defaultValues: { email: "", password: "" },
  });
  const { errors } = formState;

  const submit = handleSubmit(async ({ email, password }) => {
    setFailure(undefined);
    setBusy("password");
    const outcome = await beginSession("credentials", { email, password });
    if (outcome.step === "in") return window.location.assign(callbackPath);
    setBusy(null);
    if (outcome.step === "code") return setStep("code");
    setFailure(outcome.message);
    setFocus("password", { shouldSelect: true });
  });

  const sendLink = async () => {
    if (!(await trigger("email", { shouldFocus: true }))) return;
    setFailure(undefined);
    setBusy("link");
    try {
      await apiFetch("/api/account/sign-in-link/request", {
        method: "POST",
        body: { email: getValues("email") },
      });
      setStep("sent");
    } catch (error) {
      const issue = error instanceof ApiError && error.errors.find(({ path }) => path === "email");
      if (issue) setError("email", { message: issue.message }, { shouldFocus: true });
      else setFailure(error instanceof Error ? error.message : "Something went wrong. Try again.");
    }
    setBusy(null);
  };

  const leave = async (id: SignInProvider) => {
    setFailure(undefined);
    setBusy(id);
    const message = await leaveForProvider(id, callbackPath);
    if (!message) return;
    setFailure(message);
    setBusy(null);
  };

  if (step === "code") return <CodeForm callbackPath={callbackPath} onBack={() => setStep("form")} />;
  if (step === "sent") {
    return (
      <div className="grid gap-4" role="status">
        <p>
          If {getValues("email")} has an account or can create one, a link to sign in is on its way. It works
          once, for 15 minutes.
        </p>
        <Button variant="outline" onClick={() => setStep("form")}>
          Back
        </Button>
      </div>
    );
  }
  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      <FormField label="Email" error={errors.email?.message}>
        {(control) => (
          <EmailInput
            autoComplete="username"
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
      <Button type="submit" pending={busy === "password"}>
        {busy === "password" ? "Signing in…" : "Sign in"}
      </Button>
      {sendsEmails && (
        <Button variant="outline" pending={busy === "link"} onClick={() => void sendLink()}>
          Email me a link
        </Button>
      )}
      {providers.map(({ id, name }) => (
        <Button key={id} variant="outline" pending={busy === id} onClick={() => void leave(id)}>
          Sign in with {name}
        </Button>
      ))}
      <Link
        href="/reset-password"
        className="justify-self-start text-link text-sm underline-offset-2 hover:underline"
      >
        Forgot your password?
      </Link>
    </form>
  );
}
