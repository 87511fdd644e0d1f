"use client";

import { useState } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { FormField } from "@/components/ui/field";
import { FormFooter } from "@/components/ui/form-footer";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time";
import { useReadError } from "@/components/ui/use-read-error";
import type { InstanceWorkspaceOutput, InstanceWorkspacesOutput } from "@/lib/contract/instance";
import { useInstanceWorkspaces, useSetWebhookLimit } from "./use-instance";

/** Instance › Workspaces: all of them with their limits, and those that were deleted. */
export function InstanceWorkspaces() {
  const query = useInstanceWorkspaces();
  const failure = useReadError(query);
  const [limiting, setLimiting] = useState<InstanceWorkspaceOutput>();
  return (
    <>
      <PageHeader title="Workspaces" description="Every workspace of this instance." />
      {failure ? (
        <ErrorState
          title="The workspaces could not be loaded"
          error={failure}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      ) : !query.data ? (
        <Skeleton className="h-40 w-full" />
      ) : (
        <div className="grid grid-cols-1 gap-8">
          {query.data.data.length === 0 ? (
            <EmptyState title="No workspaces" description="All workspaces have been deleted." />
          ) : (
            <Workspaces workspaces={query.data.data} onLimit={setLimiting} />
          )}
          {query.data.deleted.length > 0 && <Deleted workspaces={query.data.deleted} />}
        </div>
      )}
      {limiting && <LimitDialog workspace={limiting} onClose={() => setLimiting(undefined)} />}
    </>
  );
}

function Workspaces({
  workspaces,
  onLimit,
}: {
  workspaces: InstanceWorkspaceOutput[];
  onLimit: (workspace: InstanceWorkspaceOutput) => void;
}) {
  return (
    <ul
      data-live=""
      aria-label="Workspaces"
      className="divide-y divide-border rounded-lg border border-border"
    >
      {workspaces.map((workspace) => {
        const { id, name, slug, members, webhooks, endpointLimit, createdAt } = workspace;
        return (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5">
            <div className="min-w-48 flex-1">
              <p className="break-words">
                <span className="font-medium">{name}</span>{" "}
                <span className="break-all font-mono text-muted-foreground text-xs">/{slug}</span>
              </p>
              <p className="text-muted-foreground text-xs tabular-nums">
                {webhooks} of {endpointLimit} webhooks · {members} {members === 1 ? "member" : "members"} ·
                created <RelativeTime value={createdAt} />
              </p>
            </div>
            <Button
              variant="ghost"
              size="sm"
              aria-label={`Change the webhook limit of ${name}`}
              onClick={() => onLimit(workspace)}
            >
              Change limit
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

function Deleted({ workspaces }: { workspaces: InstanceWorkspacesOutput["deleted"] }) {
  return (
    <section aria-labelledby="deleted" className="grid gap-3">
      <h2 id="deleted" className="font-semibold text-base">
        Deleted workspaces
      </h2>
      <ul className="divide-y divide-border rounded-lg border border-border">
        {workspaces.map(({ id, name, slug, deletedBy, deletedAt, contents, removedAt }) => (
          <li key={id} className="grid gap-0.5 px-3 py-2.5">
            <span>
              <span className="font-medium">{name}</span>{" "}
              <span className="font-mono text-muted-foreground text-xs">/{slug}</span>
            </span>
            <span className="text-muted-foreground text-xs">
              Deleted by {deletedBy} <RelativeTime value={deletedAt} /> · {contents.webhooks} webhooks,{" "}
              {contents.events} events, {contents.members} members, {contents.apiKeys} API keys ·{" "}
              {removedAt ? "all removed" : "being removed"}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function LimitDialog({ workspace, onClose }: { workspace: InstanceWorkspaceOutput; onClose: () => void }) {
  const save = useSetWebhookLimit();
  const [limit, setLimit] = useState(String(workspace.endpointLimit));
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="sm:max-w-md">
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate({ id: workspace.id, endpointLimit: Number(limit) }, { onSuccess: onClose });
          }}
        >
          <DialogHeader>
            <DialogTitle>Webhook limit of {workspace.name}</DialogTitle>
            <DialogDescription>
              It has {workspace.webhooks} webhooks. If you set a lower limit, they stay, but no more can be
              added.
            </DialogDescription>
          </DialogHeader>
          <DialogBody>
            <FormField label="Maximum number of webhooks" error={save.error?.message}>
              {(control) => (
                <Input
                  {...control}
                  type="number"
                  inputMode="numeric"
                  min={1}
                  value={limit}
                  onChange={(event) => setLimit(event.target.value)}
                  className="max-w-32"
                />
              )}
            </FormField>
          </DialogBody>
          <FormFooter pending={save.isPending} onCancel={onClose}>
            {save.isPending ? "Saving…" : "Save limit"}
          </FormFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
