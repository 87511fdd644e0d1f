"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { beginSession } from "./begin-session";
import { CodeForm } from "./code-form";

/** Signs in with an emailed link, at the click of a button. */
export function LinkSignIn({ token }: { token: string }) {
  const [asksForCode, setAsksForCode] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [pending, setPending] = useState(false);
  const signIn = async () => {
    setPending(true);
    setFailure(undefined);
    const outcome = await beginSession("link", { token });
    if (outcome.step === "in") return window.location.assign("/");
    setPending(false);
    if (outcome.step === "code") setAsksForCode(true);
    else setFailure(outcome.message);
  };
  if (asksForCode) {
    return <CodeForm callbackPath="/" onBack={() => window.location.assign("/sign-in")} />;
  }
  return (
    <div className="grid gap-4">
      <p>You opened the link that was sent to you. It works once.</p>
      <FieldError className="rounded-md bg-danger-soft px-2.5 py-2 text-sm">{failure}</FieldError>
      <Button autoFocus pending={pending} onClick={() => void signIn()}>
        {pending ? "Signing in…" : "Sign in"}
      </Button>
    </div>
  );
}
