"use client";

import { ChevronsUpDown, Keyboard, LogOut } from "lucide-react";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Kbd } from "@/components/ui/kbd";
import { forgetDrafts } from "./drafts";
import { useShowShortcuts } from "./shortcuts-help";
import type { SidebarProps } from "./sidebar";

export function AccountMenu({ user }: Pick<SidebarProps, "user">) {
  const showShortcuts = useShowShortcuts();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
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
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" side="top" className="w-48">
        <DropdownMenuLabel className="truncate">{user.email}</DropdownMenuLabel>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={showShortcuts}>
          <Keyboard aria-hidden="true" />
          Keyboard shortcuts
          <Kbd aria-hidden="true" className="ml-auto">
            ?
          </Kbd>
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={signOut}>
          <LogOut aria-hidden="true" />
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

async function signOut(): Promise<void> {
  const auth = await import("next-auth/react");
  forgetDrafts();
  await auth.signOut({ callbackUrl: "/sign-in" });
}
