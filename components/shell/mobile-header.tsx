"use client";

import { Menu } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent, SheetTitle, SheetTrigger } from "@/components/ui/sheet";
import { Logo } from "./logo";
import { Sidebar, type SidebarProps } from "./sidebar";
import { useWorkspace } from "./use-workspace";

/** Below 768 px: the workspace's name, and the sidebar as a drawer. */
export function MobileHeader(props: SidebarProps) {
  const [open, setOpen] = useState(false);
  const { name } = useWorkspace();
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-border border-b bg-surface px-2 md:hidden">
      <Sheet open={open} onOpenChange={setOpen}>
        <SheetTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="Menu">
            <Menu aria-hidden="true" />
          </Button>
        </SheetTrigger>
        <SheetContent side="left" hideClose aria-describedby={undefined} className="bg-surface">
          <SheetTitle className="sr-only">Menu</SheetTitle>
          <Sidebar {...props} onNavigate={() => setOpen(false)} />
        </SheetContent>
      </Sheet>
      <Logo className="size-5" />
      <span className="truncate font-semibold text-sm">{name}</span>
    </header>
  );
}
