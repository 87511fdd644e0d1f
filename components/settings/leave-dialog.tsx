"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";

/** Asks before the user leaves the workspace, and says what ends with it. */
export function LeaveDialog({ onClose }: { onClose: () => void }) {
  const { slug, name } = useWorkspace();
  const leave = useMutation({
    mutationFn: () => callApi("POST /workspace/leave", { workspace: slug, body: {} }),
    onSuccess: () => window.location.assign("/"),
  });
  const members = useQuery({
    queryKey: queryKeys.members(slug),
    queryFn: ({ signal }) => callApi("GET /members", { workspace: slug, signal }),
  });
  const keys = members.data?.data.find(({ isYou }) => isYou)?.apiKeys ?? 0;
  return (
    <ConfirmDialog
      title={`Leave ${name}?`}
      description={
        <>
          You lose access at once.
          {keys > 0 &&
            ` ${keys === 1 ? "The API key that you created stops" : `The ${keys} API keys that you created stop`} working.`}{" "}
          An owner can invite you again.
        </>
      }
      confirm={leave.isPending ? "Leaving…" : "Leave workspace"}
      pending={leave.isPending}
      error={leave.error?.message}
      onConfirm={() => leave.mutate()}
      onClose={onClose}
    />
  );
}
