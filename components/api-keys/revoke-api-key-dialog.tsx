"use client";

import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import type { ApiKeyOutput } from "@/lib/contract/api-keys";
import { useRevokeApiKey } from "./use-api-keys";

/** Asks before a key is revoked, and names what stops working. */
export function RevokeApiKeyDialog({ apiKey, onClose }: { apiKey: ApiKeyOutput; onClose: () => void }) {
  const revoke = useRevokeApiKey();
  return (
    <AlertDialog open onOpenChange={(open) => !open && onClose()}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle className="break-words">Revoke {apiKey.name}?</AlertDialogTitle>
          <AlertDialogDescription>
            Requests with <span className="font-mono text-xs">{apiKey.hint}</span> will be refused with 401.
            This cannot be undone.
          </AlertDialogDescription>
          <FieldError>{revoke.error?.message}</FieldError>
        </AlertDialogHeader>
        <AlertDialogFooter>
          <AlertDialogCancel>Cancel</AlertDialogCancel>
          <Button
            variant="destructive"
            pending={revoke.isPending}
            onClick={() => revoke.mutate(apiKey, { onSuccess: onClose })}
          >
            {revoke.isPending ? "Revoking…" : "Revoke key"}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
