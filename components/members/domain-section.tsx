"use client";

import { Globe, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useReadError } from "@/components/ui/use-read-error";
import type { EmailDomainOutput } from "@/lib/contract/email-domains";
import { emailDomainsMax } from "@/lib/core/email-domains";
import { DomainEntry } from "./domain-entry";
import { useEmailDomains } from "./use-email-domains";

const AddDomainDialog = dynamic(async () => (await import("./add-domain-dialog")).AddDomainDialog, {
  ssr: false,
});
const RemoveDomainDialog = dynamic(async () => (await import("./remove-domain-dialog")).RemoveDomainDialog, {
  ssr: false,
});

/** The domains whose people may join on their own, for owners. */
export function DomainSection() {
  const query = useEmailDomains();
  const failure = useReadError(query);
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<EmailDomainOutput>();
  const domains = query.data?.data ?? [];
  const isFull = domains.length >= emailDomainsMax;
  const sendsEmails = query.data?.sendsEmails ?? true;
  const add = (
    <Button variant="outline" onClick={() => setAdding(true)}>
      <Plus aria-hidden="true" />
      Add domain
    </Button>
  );
  return (
    <section aria-labelledby="domains" className="grid min-w-0 grid-cols-1 gap-3">
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2 sm:flex-nowrap">
        <div className="grid min-w-0 max-w-2xl gap-1">
          <h2 id="domains" className="font-semibold text-base">
            Domains
          </h2>
          <p className="text-muted-foreground">
            Everyone with a confirmed email address at a verified domain can join this workspace without an
            invitation. People without an account choose <em>Email me a link</em> on the sign-in page.
          </p>
          {isFull && (
            <p className="text-muted-foreground">
              This workspace has {emailDomainsMax} domains, which is the limit. To add another, remove one.
            </p>
          )}
        </div>
        {domains.length > 0 && !isFull && add}
      </div>
      {failure ? (
        <ErrorState
          title="The domains could not be loaded"
          error={failure}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      ) : query.isPending ? (
        <Skeleton className="h-16 w-full" />
      ) : domains.length === 0 ? (
        <EmptyState
          icon={Globe}
          title="No domains"
          description={
            sendsEmails
              ? "People can only join by invitation."
              : "People can only join by invitation. To verify a domain, this Posthorn must be able to send emails: set SMTP_URL first."
          }
          action={sendsEmails && add}
          className="py-8"
        />
      ) : (
        <ul aria-label="Domains" className="divide-y divide-border rounded-lg border border-border">
          {domains.map((domain) => (
            <DomainEntry
              key={domain.id}
              domain={domain}
              sendsEmails={sendsEmails}
              onRemove={() => setRemoving(domain)}
            />
          ))}
        </ul>
      )}
      {adding && <AddDomainDialog sendsEmails={sendsEmails} onClose={() => setAdding(false)} />}
      {removing && <RemoveDomainDialog domain={removing} onClose={() => setRemoving(undefined)} />}
    </section>
  );
}
