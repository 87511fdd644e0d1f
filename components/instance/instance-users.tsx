"use client";

import { useState } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { LoadMore } from "@/components/ui/load-more";
import { Skeleton } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time";
import { useReadError } from "@/components/ui/use-read-error";
import type { InstanceUserOutput } from "@/lib/contract/instance";
import { useInstanceUsers } from "./use-instance";
import { type UserAct, UserActDialog } from "./user-act-dialog";

/** Instance › Users: all accounts, and what an operator can do about them. */
export function InstanceUsers() {
  const query = useInstanceUsers();
  const failure = useReadError(query);
  const [asked, setAsked] = useState<{ user: InstanceUserOutput; act: UserAct }>();
  const users = query.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <>
      <PageHeader title="Users" description="Everyone with an account on this instance." />
      {failure ? (
        <ErrorState
          title="The users could not be loaded"
          error={failure}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      ) : query.isPending ? (
        <Skeleton className="h-40 w-full" />
      ) : (
        <>
          <ul data-live="" className="divide-y divide-border rounded-lg border border-border">
            {users.map((user) => (
              <li key={user.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5">
                <div className="min-w-48 flex-1">
                  <p className="flex flex-wrap items-center gap-1.5">
                    <span className="font-medium">{user.name}</span>
                    {user.isYou && <Badge>You</Badge>}
                    {user.isOperator && <Badge>Operator</Badge>}
                    {user.disabled && <Badge className="text-danger">Disabled</Badge>}
                  </p>
                  <p className="break-all text-muted-foreground text-xs">{user.email}</p>
                  <p className="text-muted-foreground text-xs">
                    {user.workspaces} {user.workspaces === 1 ? "workspace" : "workspaces"} · {user.sessions}{" "}
                    {user.sessions === 1 ? "session" : "sessions"} · since{" "}
                    <RelativeTime value={user.createdAt} />
                  </p>
                </div>
                <div className="flex flex-wrap gap-1">
                  {actsFor(user).map((act) => (
                    <Button
                      key={act}
                      variant="ghost"
                      size="sm"
                      aria-label={`${actLabels[act]}: ${user.name}`}
                      onClick={() => setAsked({ user, act })}
                    >
                      {actLabels[act]}
                    </Button>
                  ))}
                </div>
              </li>
            ))}
          </ul>
          <LoadMore query={query} className="mx-auto mt-3 flex w-fit" />
        </>
      )}
      {asked && <UserActDialog {...asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

const actLabels: Record<UserAct, string> = {
  promote: "Make operator",
  demote: "Remove operator",
  endSessions: "End sessions",
  disable: "Disable",
  enable: "Enable",
};

function actsFor({ isOperator, disabled, isYou, sessions }: InstanceUserOutput): UserAct[] {
  if (disabled) return ["enable"];
  return [
    isOperator ? "demote" : "promote",
    ...(sessions > 0 && !isYou ? (["endSessions"] as const) : []),
    ...(isYou ? [] : (["disable"] as const)),
  ];
}
