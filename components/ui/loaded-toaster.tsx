"use client";

import { useEffect } from "react";
import { Toaster } from "sonner";
import { toasterWanted } from "./toast";

/** Sonner's toaster in our colors; it says when it is ready, because earlier toasts are lost. */
export function LoadedToaster() {
  useEffect(() => toasterWanted.present(), []);
  return (
    <Toaster
      position="bottom-right"
      theme="system"
      gap={8}
      // Above the dock of long jobs, if there is one.
      offset={{ bottom: "calc(24px + var(--dock-height, 0px))" }}
      mobileOffset={{ bottom: "calc(16px + var(--dock-height, 0px))" }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-(--width) items-center gap-2 rounded-lg bg-popover px-3 py-2.5 font-sans text-foreground text-sm shadow-overlay",
          content: "min-w-0 flex-1",
          title: "font-medium",
          description: "text-muted-foreground",
          icon: "shrink-0 text-muted-foreground",
          success: "[&_[data-icon]]:text-success",
          error: "[&_[data-icon]]:text-danger",
          actionButton:
            "ml-auto h-7 shrink-0 rounded-md border border-border-strong px-2 font-medium text-xs hover:bg-muted",
          cancelButton: "h-7 shrink-0 rounded-md px-2 text-muted-foreground text-xs hover:bg-muted",
        },
      }}
    />
  );
}
