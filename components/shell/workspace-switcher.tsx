"use client";

import { ChevronsUpDown } from "lucide-react";
import dynamic from "next/dynamic";
import { LoadOnUse } from "@/components/ui/load-on-use";
import { Logo } from "./logo";
import type { SidebarProps } from "./sidebar";
import { useWorkspace } from "./use-workspace";

const load = () => import("./opened-workspace-switcher");
const OpenedWorkspaceSwitcher = dynamic(async () => (await load()).OpenedWorkspaceSwitcher);

/** Shows the workspace's name, and opens the menu of all workspaces. */
export function WorkspaceSwitcher({ workspaces }: Pick<SidebarProps, "workspaces">) {
  const current = useWorkspace();
  const label = (
    <>
      <Logo />
      <span className="min-w-0 flex-1 truncate text-left font-semibold text-sm">{current.name}</span>
    </>
  );
  const button = (
    <button
      type="button"
      aria-label={`Workspace: ${current.name}`}
      className="flex h-10 w-full items-center gap-2 rounded-md px-2 hover:bg-accent data-[state=open]:bg-accent"
    >
      {label}
      <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-muted-foreground" />
    </button>
  );
  return (
    <LoadOnUse popup="menu" button={button} load={load}>
      <OpenedWorkspaceSwitcher workspaces={workspaces}>{button}</OpenedWorkspaceSwitcher>
    </LoadOnUse>
  );
}
