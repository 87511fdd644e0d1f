"use client";

import { Menu } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { PaletteIconButton } from "./command-palette";
import { Logo } from "./logo";
import type { SidebarProps } from "./sidebar";
import { useWorkspace } from "./use-workspace";

const MobileDrawer = dynamic(async () => (await import("./mobile-drawer")).MobileDrawer, { ssr: false });

/** Below 768 px: the workspace's name, and the sidebar as a drawer. */
export function MobileHeader(props: SidebarProps) {
  const [open, setOpen] = useState(false);
  const { name } = useWorkspace();
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-border border-b bg-surface px-2 md:hidden">
      <Button
        variant="ghost"
        size="icon"
        aria-label="Menu"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        <Menu aria-hidden="true" />
      </Button>
      {open && <MobileDrawer {...props} onClose={() => setOpen(false)} />}
      <Logo className="size-5" />
      <span className="min-w-0 flex-1 truncate font-semibold text-sm">{name}</span>
      <PaletteIconButton />
    </header>
  );
}
