"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { SidebarProps } from "./sidebar";
import { useWorkspace } from "./use-workspace";

/** The menu of the person's workspaces, open. `children` is its button. */
export function OpenedWorkspaceSwitcher({
  workspaces,
  children,
}: Pick<SidebarProps, "workspaces"> & { children: ReactNode }) {
  const current = useWorkspace();
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{children}</DropdownMenuTrigger>
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
