import { X } from "lucide-react";
import { Close } from "radix-ui/dialog";
import { buttonVariants } from "./button";
import { cn } from "./cn";

/** Closes the dialog or sheet that it stands in. */
export function OverlayClose() {
  return (
    <Close
      className={cn(
        buttonVariants({ variant: "ghost", size: "icon-sm" }),
        "absolute top-3 right-3 text-muted-foreground",
      )}
    >
      <X aria-hidden="true" />
      <span className="sr-only">Close</span>
    </Close>
  );
}
