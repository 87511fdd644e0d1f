"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import { type WorkspaceContents, workspaceContentsMax } from "@/lib/core/workspaces";

/** Lists what is lost with the workspace, and deletes it once its name is typed. */
export function DeleteWorkspaceDialog({ onClose }: { onClose: () => void }) {
  const { slug, name } = useWorkspace();
  const contents = useQuery({
    queryKey: queryKeys.contents(slug),
    queryFn: ({ signal }) => callApi("GET /workspace/contents", { workspace: slug, signal }),
  });
  const remove = useMutation({
    mutationFn: () => callApi("POST /workspace/delete", { workspace: slug, body: { name } }),
    onSuccess: () => window.location.assign("/"),
  });
  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      description="Its API keys stop at once, and nothing more is sent. This can't be undone. You lose:"
      typed={name}
      confirm={remove.isPending ? "Deleting…" : "Delete workspace"}
      pending={remove.isPending}
      error={remove.error?.message}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      {contents.data ? (
        <ul className="list-disc pl-5 text-sm">
          {lossesOf(contents.data).map((loss) => (
            <li key={loss}>{loss}</li>
          ))}
        </ul>
      ) : (
        <p className="text-muted-foreground text-sm">
          {contents.error ? "The contents could not be counted." : "Counting…"}
        </p>
      )}
    </ConfirmDialog>
  );
}

function lossesOf({ webhooks, eventTypes, apiKeys, members, events, waiting }: WorkspaceContents): string[] {
  const many = (n: number, one: string, several: string) =>
    `${n >= workspaceContentsMax ? `more than ${workspaceContentsMax.toLocaleString("en")}` : n.toLocaleString("en")} ${n === 1 ? one : several}`;
  return [
    many(webhooks, "webhook", "webhooks"),
    `${many(events, "event", "events")} with the delivery log`,
    many(waiting, "delivery still to be sent", "deliveries still to be sent"),
    many(eventTypes, "event type", "event types"),
    many(apiKeys, "API key", "API keys"),
    `access for ${many(members, "member", "members")}`,
  ];
}
