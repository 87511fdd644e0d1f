import type { ReactNode } from "react";
import { Sheet, SheetContent, SheetTitle } from "@/components/ui/sheet";
import { useMinWidth } from "@/components/ui/use-min-width";
import { DockedPanel } from "./docked-panel";

/** Docked beside the log if there is room, otherwise over it. */
export function SheetShell({
  label,
  onClose,
  children,
}: {
  label: string;
  onClose: () => void;
  children: ReactNode;
}) {
  if (useMinWidth(1_280)) return <DockedPanel label={label}>{children}</DockedPanel>;
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()}>
      <SheetContent hideClose data-event-sheet="" aria-describedby={undefined}>
        <SheetTitle className="sr-only">{label}</SheetTitle>
        {children}
      </SheetContent>
    </Sheet>
  );
}
