"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useWorkspace } from "@/components/shell/use-workspace";
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
import { FormField } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import { type WorkspaceContents, workspaceContentsMax } from "@/lib/core/workspaces";

/** Lists what is lost with the workspace, and deletes it once its name is typed. */
export function DeleteWorkspaceDialog({ onClose }: { onClose: () => void }) {
  const { slug, name } = useWorkspace();
  const [typed, setTyped] = useState("");
  const contents = useQuery({
    queryKey: queryKeys.contents(slug),
    queryFn: ({ signal }) => callApi("GET /workspace/contents", { workspace: slug, signal }),
  });
  const remove = useMutation({
    mutationFn: () => callApi("POST /workspace/delete", { workspace: slug, body: { name: typed } }),
    onSuccess: () => window.location.assign("/"),
  });
  return (
    <AlertDialog open onOpenChange={(open) => !open && onClose()}>
      <AlertDialogContent>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (typed === name) remove.mutate();
          }}
        >
          <AlertDialogHeader>
            <AlertDialogTitle className="break-words">Delete {name}?</AlertDialogTitle>
            <AlertDialogDescription>
              Its API keys stop at once, and nothing more is sent. This can't be undone. You lose:
            </AlertDialogDescription>
            {contents.data ? (
              <ul className="list-disc pl-5 text-sm">
                {lossesOf(contents.data).map((loss) => (
                  <li key={loss}>{loss}</li>
                ))}
              </ul>
            ) : (
              <p className="text-muted-foreground text-sm">
                {contents.error ? "What is lost could not be counted." : "Counting…"}
              </p>
            )}
            <FormField label={`Type ${name} to confirm`} className="pt-2" error={remove.error?.message}>
              {(control) => (
                <Input
                  {...control}
                  autoComplete="off"
                  spellCheck={false}
                  value={typed}
                  onChange={(event) => setTyped(event.target.value)}
                />
              )}
            </FormField>
          </AlertDialogHeader>
          <AlertDialogFooter>
            <AlertDialogCancel>Cancel</AlertDialogCancel>
            <Button type="submit" variant="destructive" disabled={typed !== name} pending={remove.isPending}>
              {remove.isPending ? "Deleting…" : "Delete workspace"}
            </Button>
          </AlertDialogFooter>
        </form>
      </AlertDialogContent>
    </AlertDialog>
  );
}

function lossesOf({ webhooks, eventTypes, apiKeys, members, events, waiting }: WorkspaceContents): string[] {
  const many = (n: number, one: string, several: string) =>
    `${n >= workspaceContentsMax ? `more than ${workspaceContentsMax.toLocaleString("en")}` : n.toLocaleString("en")} ${n === 1 ? one : several}`;
  return [
    many(webhooks, "webhook", "webhooks"),
    `${many(events, "event", "events")} with the log of their deliveries`,
    many(waiting, "delivery that is still to be sent", "deliveries that are still to be sent"),
    many(eventTypes, "event type", "event types"),
    many(apiKeys, "API key", "API keys"),
    `access for ${many(members, "member", "members")}`,
  ];
}
