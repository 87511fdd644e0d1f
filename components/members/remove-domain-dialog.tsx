"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { EmailDomainOutput } from "@/lib/contract/email-domains";
import { useRemoveDomain } from "./use-email-domains";

/** Asks before a domain is removed. */
export function RemoveDomainDialog({ domain, onClose }: { domain: EmailDomainOutput; onClose: () => void }) {
  const remove = useRemoveDomain();
  return (
    <ConfirmDialog
      title={`Remove ${domain.domain}?`}
      description={
        domain.verifiedAt
          ? "Nobody can join by this domain any more. People who joined by it stay members."
          : "The link that was emailed stops working."
      }
      confirm={remove.isPending ? "Removing…" : "Remove domain"}
      pending={remove.isPending}
      error={remove.error?.message}
      onConfirm={() => remove.mutate(domain, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
