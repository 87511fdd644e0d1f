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
import type { MemberOutput } from "@/lib/contract/members";
import { useRemoveMember } from "./use-members";

/** Asks before somebody is removed, and says what stops with that. */
export function RemoveMemberDialog({ member, onClose }: { member: MemberOutput; onClose: () => void }) {
  const remove = useRemoveMember();
  const { name, apiKeys } = member;
  return (
    <AlertDialog open onOpenChange={(open) => !open && onClose()}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle className="break-words">Remove {name}?</AlertDialogTitle>
          <AlertDialogDescription>
            They lose access to this workspace at once, in open tabs too.{" "}
            {apiKeys > 0 &&
              `${apiKeys === 1 ? "The API key that they made stops" : `The ${apiKeys} API keys that they made stop`} working: requests with ${apiKeys === 1 ? "it" : "them"} are refused with 401. Replace ${apiKeys === 1 ? "it" : "them"} first if a server uses ${apiKeys === 1 ? "it" : "them"}.`}
          </AlertDialogDescription>
          <FieldError>{remove.error?.message}</FieldError>
        </AlertDialogHeader>
        <AlertDialogFooter>
          <AlertDialogCancel>Cancel</AlertDialogCancel>
          <Button
            variant="destructive"
            pending={remove.isPending}
            onClick={() => remove.mutate(member, { onSuccess: onClose })}
          >
            {remove.isPending ? "Removing…" : "Remove member"}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
