"use client";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { RelativeTime } from "@/components/ui/time";
import type { EmailDomainOutput } from "@/lib/contract/email-domains";
import { joiningRoles } from "@/lib/core/email-domains";
import { RoleSelect } from "./role-select";
import { useSendVerification, useSetJoiningRole } from "./use-email-domains";

/** A domain, whether it is verified, and the role of people who join by it. */
export function DomainEntry({
  domain,
  sendsEmails,
  onRemove,
}: {
  domain: EmailDomainOutput;
  sendsEmails: boolean;
  onRemove: () => void;
}) {
  const { id, domain: name, role, verifiedAt, expired } = domain;
  const save = useSetJoiningRole();
  const send = useSendVerification();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5">
      <div className="min-w-48 flex-1">
        <p className="flex flex-wrap items-center gap-1.5">
          <span className="break-all font-medium">{name}</span>
          {verifiedAt ? (
            <Badge variant="success">Verified</Badge>
          ) : (
            <Badge variant="warning">{expired ? "Link expired" : "Not verified"}</Badge>
          )}
        </p>
        <p className="break-words text-muted-foreground text-xs">
          <State domain={domain} sendsEmails={sendsEmails} />
        </p>
        <FieldError>{save.error?.message ?? send.error?.message}</FieldError>
      </div>
      <div className="flex flex-wrap items-center gap-1">
        {!verifiedAt && sendsEmails && (
          <Button
            variant="ghost"
            size="sm"
            className="max-sm:-ml-2"
            aria-label={`Send the email to verify ${name} again`}
            pending={send.isPending}
            onClick={() => send.mutate(domain)}
          >
            Send again
          </Button>
        )}
        <RoleSelect
          label={`Role of people who join by ${name}`}
          offered={joiningRoles}
          value={save.isPending ? save.variables.role : role}
          onChange={(chosen) => save.mutate({ id, role: chosen })}
        />
        <Button
          variant="ghost"
          size="sm"
          className="text-danger"
          aria-label={`Remove ${name}`}
          onClick={onRemove}
        >
          Remove
        </Button>
      </div>
    </li>
  );
}

function State({ domain, sendsEmails }: { domain: EmailDomainOutput; sendsEmails: boolean }) {
  const { verifiedAt, address, addedBy, createdAt, expiresAt, expired } = domain;
  if (verifiedAt) {
    return (
      <>
        {addedBy && `Added by ${addedBy} · `}verified by {address} <RelativeTime value={verifiedAt} />
      </>
    );
  }
  if (!sendsEmails)
    return <>This Posthorn sends no emails. Set SMTP_URL, then send the email to {address}.</>;
  return (
    <>
      Added {addedBy && `by ${addedBy} `}
      <RelativeTime value={createdAt} /> · emailed to {address}
      {!expired && (
        <>
          , expires <RelativeTime value={expiresAt} />
        </>
      )}
    </>
  );
}
