"use client";

import { Check, Plus, Server } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toast";
import { joinWorkspace } from "./join-workspace";
import type { SidebarProps } from "./sidebar";
import { useOwnWorkspaces } from "./use-own-workspaces";
import { useWorkspace } from "./use-workspace";

/** The opened menu of the user's workspaces. `children` is its button. */
export function OpenedWorkspaceSwitcher({
  workspaces,
  children,
}: Pick<SidebarProps, "workspaces"> & { children: ReactNode }) {
  const current = useWorkspace();
  const own = useOwnWorkspaces();
  const shown = own.data?.data ?? workspaces.map((one) => ({ ...one, needSomeone: 0 }));
  const joinable = own.data?.joinable ?? [];
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{children}</DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-56">
        <DropdownMenuLabel>Workspaces</DropdownMenuLabel>
        {shown.map(({ slug, name, needSomeone }) => (
          <DropdownMenuItem key={slug} asChild>
            <Link href={`/${slug}/developers/webhooks`} aria-current={slug === current.slug || undefined}>
              <span className="min-w-0 flex-1 truncate">{name}</span>
              {needSomeone > 0 && (
                <span className="text-danger text-xs tabular-nums">
                  {needSomeone}
                  <span className="sr-only"> webhooks need attention</span>
                </span>
              )}
              {slug === current.slug && <Check aria-hidden="true" />}
            </Link>
          </DropdownMenuItem>
        ))}
        {joinable.length > 0 && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuLabel>You can join</DropdownMenuLabel>
            {joinable.map(({ id, name }) => (
              <DropdownMenuItem
                key={id}
                aria-label={`Join ${name}`}
                onSelect={() => {
                  joinWorkspace(id).catch((error: unknown) =>
                    toast.error(error instanceof Error ? error.message : `${name} could not be joined`),
                  );
                }}
              >
                <span className="min-w-0 flex-1 truncate">{name}</span>
                <span className="text-link text-xs">Join</span>
              </DropdownMenuItem>
            ))}
          </>
        )}
        {(own.data?.mayCreate || own.data?.isOperator) && <DropdownMenuSeparator />}
        {own.data?.mayCreate && (
          <DropdownMenuItem asChild>
            <a href="/new">
              <Plus aria-hidden="true" />
              Create workspace
            </a>
          </DropdownMenuItem>
        )}
        {own.data?.isOperator && (
          <DropdownMenuItem asChild>
            <a href="/instance">
              <Server aria-hidden="true" />
              Instance
            </a>
          </DropdownMenuItem>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
