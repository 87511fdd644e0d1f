"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { ApiKeyOutput } from "@/lib/contract/api-keys";
import { useRevokeApiKey } from "./use-api-keys";

/** Asks before a key is revoked, and names what stops working. */
export function RevokeApiKeyDialog({ apiKey, onClose }: { apiKey: ApiKeyOutput; onClose: () => void }) {
  const revoke = useRevokeApiKey();
  return (
    <ConfirmDialog
      title={`Revoke ${apiKey.name}?`}
      description={
        <>
          Requests with <span className="font-mono text-xs">{apiKey.hint}</span> will be refused with 401.
          This can't be undone.
        </>
      }
      confirm={revoke.isPending ? "Revoking…" : "Revoke key"}
      pending={revoke.isPending}
      error={revoke.error?.message}
      onConfirm={() => revoke.mutate(apiKey, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
