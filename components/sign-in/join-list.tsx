"use client";

import { useState } from "react";
import { joinWorkspace } from "@/components/shell/join-workspace";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import type { JoinableWorkspaceOutput } from "@/lib/contract/instance";

/** The workspaces that a user without any may join on their own. */
export function JoinList({ workspaces }: { workspaces: JoinableWorkspaceOutput[] }) {
  const [joining, setJoining] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const join = async (id: string) => {
    setJoining(id);
    setFailure(undefined);
    try {
      await joinWorkspace(id);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : "Something went wrong. Try again.");
      setJoining(undefined);
    }
  };
  return (
    <div className="grid gap-3">
      <ul
        aria-label="Workspaces that you can join"
        className="divide-y divide-border rounded-lg border border-border"
      >
        {workspaces.map(({ id, name, role, domain }) => (
          <li key={id} className="flex items-center gap-4 px-3 py-2.5">
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">{name}</p>
              <p className="break-words text-muted-foreground text-xs">
                As a {role}, because your address is at {domain}
              </p>
            </div>
            <Button pending={joining === id} aria-label={`Join ${name}`} onClick={() => void join(id)}>
              {joining === id ? "Joining…" : "Join"}
            </Button>
          </li>
        ))}
      </ul>
      <FieldError className="rounded-md bg-danger-soft px-2.5 py-2 text-sm">{failure}</FieldError>
    </div>
  );
}
