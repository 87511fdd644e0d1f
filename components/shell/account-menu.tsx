"use client";

import { ChevronsUpDown } from "lucide-react";
import dynamic from "next/dynamic";
import { LoadOnUse } from "@/components/ui/load-on-use";
import type { SidebarProps } from "./sidebar";

const load = () => import("./opened-account-menu");
const OpenedAccountMenu = dynamic(async () => (await load()).OpenedAccountMenu);

export function AccountMenu({ user }: Pick<SidebarProps, "user">) {
  const button = (
    <button
      type="button"
      aria-label={`Account: ${user.name}`}
      className="flex h-10 w-full items-center gap-2 rounded-md px-2 hover:bg-accent data-[state=open]:bg-accent"
    >
      <span
        aria-hidden="true"
        className="flex size-6 shrink-0 items-center justify-center rounded-full bg-primary-soft font-medium text-link text-xs"
      >
        {user.name.trim().charAt(0).toUpperCase()}
      </span>
      <span className="min-w-0 flex-1 truncate text-left text-sm">{user.name}</span>
      <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-muted-foreground" />
    </button>
  );
  return (
    <LoadOnUse popup="menu" button={button} load={load}>
      <OpenedAccountMenu email={user.email}>{button}</OpenedAccountMenu>
    </LoadOnUse>
  );
}
