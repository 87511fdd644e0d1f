"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { apiFetch } from "@/lib/api-client/api-fetch";
import type { VerifiedEmailDomainOutput } from "@/lib/contract/email-domains";
import type { JoiningRole } from "@/lib/core/email-domains";

/** Verifies the domain that a link was sent to, at the click of a button. */
export function VerifyDomain({
  token,
  domain,
  workspace,
  role,
}: {
  token: string;
  domain: string;
  workspace: string;
  role: JoiningRole;
}) {
  const [verified, setVerified] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [pending, setPending] = useState(false);
  const verify = async () => {
    setPending(true);
    setFailure(undefined);
    try {
      const body = { token };
      await apiFetch<VerifiedEmailDomainOutput>("/api/email-domains/verify", { method: "POST", body });
      setVerified(true);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : "Something went wrong. Try again.");
    }
    setPending(false);
  };
  if (verified) {
    return (
      <p role="status" className="break-words">
        {domain} is verified. Everyone with a confirmed email address there can now join {workspace}. You can
        close this page.
      </p>
    );
  }
  return (
    <div className="grid gap-4">
      <p className="break-words">
        Once it is verified, everyone with an email address at {domain} can join {workspace} as a {role},
        without an invitation.
      </p>
      <FieldError className="rounded-md bg-danger-soft px-2.5 py-2 text-sm">{failure}</FieldError>
      <Button autoFocus pending={pending} onClick={() => void verify()}>
        {pending ? "Verifying…" : "Verify"}
      </Button>
    </div>
  );
}
