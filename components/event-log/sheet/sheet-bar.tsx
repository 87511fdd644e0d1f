import { ChevronDown, ChevronUp, X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { CopyLinkButton } from "./copy-link-button";

export type SheetNavigation = {
  previous: string | undefined;
  next: string | undefined;
  onOpen: (id: string | null) => void;
};

/** The top line of a sheet: to the previous and next event, a link to it, and Close. */
export function SheetBar({
  previous,
  next,
  onOpen,
  children,
}: SheetNavigation & {
  /** Further actions, as icons. */
  children?: ReactNode;
}) {
  return (
    <div className="-mx-1.5 flex items-center gap-0.5">
      <IconButton
        label="Previous event"
        title="Previous (K)"
        disabled={!previous}
        onClick={() => previous && onOpen(previous)}
      >
        <ChevronUp aria-hidden="true" />
      </IconButton>
      <IconButton label="Next event" title="Next (J)" disabled={!next} onClick={() => next && onOpen(next)}>
        <ChevronDown aria-hidden="true" />
      </IconButton>
      <CopyLinkButton label="Copy a link to this event" />
      {children}
      <span className="flex-1" />
      <IconButton label="Close" title="Close (Esc)" onClick={() => onOpen(null)}>
        <X aria-hidden="true" />
      </IconButton>
    </div>
  );
}
