"use client";

import { Sheet, SheetContent, SheetTitle } from "@/components/ui/sheet";
import { Sidebar, type SidebarProps } from "./sidebar";

/** The sidebar, over the page. */
export function MobileDrawer({ onClose, ...props }: SidebarProps & { onClose: () => void }) {
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()}>
      <SheetContent side="left" hideClose aria-describedby={undefined} className="bg-surface">
        <SheetTitle className="sr-only">Menu</SheetTitle>
        <Sidebar {...props} onNavigate={onClose} />
      </SheetContent>
    </Sheet>
  );
}
