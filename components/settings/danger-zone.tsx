"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";

const LeaveDialog = dynamic(async () => (await import("./leave-dialog")).LeaveDialog, { ssr: false });
const DeleteWorkspaceDialog = dynamic(
  async () => (await import("./delete-workspace-dialog")).DeleteWorkspaceDialog,
  { ssr: false },
);

/** Actions that cannot be undone: leaving the workspace, and deleting it. */
export function DangerZone({ mayDelete }: { mayDelete: boolean }) {
  const { name } = useWorkspace();
  const [asking, setAsking] = useState<"leave" | "delete">();
  return (
    <section aria-labelledby="danger" className="mt-10 grid gap-3 border-border border-t pt-6">
      <h2 id="danger" className="font-semibold text-base">
        Danger zone
      </h2>
      <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-border px-3 py-3">
        <div>
          <p className="font-medium">Leave {name}</p>
          <p className="text-muted-foreground text-xs">You lose access until an owner invites you again.</p>
        </div>
        <Button variant="outline" onClick={() => setAsking("leave")}>
          Leave workspace
        </Button>
      </div>
      {mayDelete && (
        <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-danger px-3 py-3">
          <div>
            <p className="font-medium">Delete {name}</p>
            <p className="text-muted-foreground text-xs">
              With its webhooks, events, API keys and members. This can't be undone.
            </p>
          </div>
          <Button variant="destructive" onClick={() => setAsking("delete")}>
            Delete workspace
          </Button>
        </div>
      )}
      {asking === "leave" && <LeaveDialog onClose={() => setAsking(undefined)} />}
      {asking === "delete" && <DeleteWorkspaceDialog onClose={() => setAsking(undefined)} />}
    </section>
  );
}
