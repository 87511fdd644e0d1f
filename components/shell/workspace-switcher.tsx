"use client";

import { Check, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Logo } from "./logo";
import type { SidebarProps } from "./sidebar";
import { useWorkspace } from "./use-workspace";

/** Names the workspace; a menu where the person has more than one. */
export function WorkspaceSwitcher({ workspaces }: Pick<SidebarProps, "workspaces">) {
  const current = useWorkspace();
  const label = (
    <>
      <Logo />
      <span className="min-w-0 flex-1 truncate text-left font-semibold text-sm">{current.name}</span>
    </>
  );
  if (workspaces.length < 2) {
    return <div className="flex h-10 items-center gap-2 px-2">{label}</div>;
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`Workspace: ${current.name}`}
        className="flex h-10 w-full items-center gap-2 rounded-md px-2 hover:bg-accent data-[state=open]:bg-accent"
      >
        {label}
        <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-muted-foreground" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-48">
        <DropdownMenuLabel>Workspaces</DropdownMenuLabel>
        {workspaces.map(({ slug, name }) => (
          <DropdownMenuItem key={slug} asChild>
            <Link href={`/${slug}/developers/webhooks`} aria-current={slug === current.slug || undefined}>
              <span className="min-w-0 flex-1 truncate">{name}</span>
              {slug === current.slug && <Check aria-hidden="true" />}
            </Link>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
