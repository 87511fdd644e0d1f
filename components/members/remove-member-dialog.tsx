"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { MemberOutput } from "@/lib/contract/members";
import { useRemoveMember } from "./use-members";

/** Asks before a member is removed, and says what stops working. */
export function RemoveMemberDialog({ member, onClose }: { member: MemberOutput; onClose: () => void }) {
  const remove = useRemoveMember();
  const { name, apiKeys } = member;
  return (
    <ConfirmDialog
      title={`Remove ${name}?`}
      description={
        <>
          They lose access to this workspace at once.{" "}
          {apiKeys > 0 &&
            `${apiKeys === 1 ? "The API key that they created stops" : `The ${apiKeys} API keys that they created stop`} working: requests with ${apiKeys === 1 ? "it" : "them"} are refused with 401. Replace ${apiKeys === 1 ? "it" : "them"} first if a server uses ${apiKeys === 1 ? "it" : "them"}.`}
        </>
      }
      confirm={remove.isPending ? "Removing…" : "Remove member"}
      pending={remove.isPending}
      error={remove.error?.message}
      onConfirm={() => remove.mutate(member, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
