"use client";

import Link from "next/link";
import { useState } from "react";
import { Button, buttonVariants } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { apiFetch } from "@/lib/api-client/api-fetch";

/** Confirms the address that a link was sent to, at the click of a button. */
export function ConfirmEmail({ token }: { token: string }) {
  const [confirmed, setConfirmed] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const [pending, setPending] = useState(false);
  const confirm = async () => {
    setPending(true);
    setFailure(undefined);
    try {
      const body = { token };
      const { email } = await apiFetch<{ email: string }>("/api/account/email/confirm", {
        method: "POST",
        body,
      });
      setConfirmed(email);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : "Something went wrong. Try again.");
    }
    setPending(false);
  };
  if (confirmed !== undefined) {
    return (
      <div className="grid gap-4" role="status">
        <p>{confirmed} is confirmed. You sign in with it from now on.</p>
        <Link href="/account" className={buttonVariants()}>
          Open your account
        </Link>
      </div>
    );
  }
  return (
    <div className="grid gap-4">
      <p>You opened the link that was sent to your new address.</p>
      <FieldError className="rounded-md bg-danger-soft px-2.5 py-2 text-sm">{failure}</FieldError>
      <Button autoFocus pending={pending} onClick={() => void confirm()}>
        {pending ? "Confirming…" : "Confirm"}
      </Button>
    </div>
  );
}
