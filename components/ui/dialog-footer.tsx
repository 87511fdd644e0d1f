import type { ComponentProps } from "react";
import { cn } from "./cn";

/** The buttons at the bottom of a dialog; on a phone they fill its width, where a thumb finds them. */
export function DialogFooter({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      className={cn(
        "flex flex-wrap justify-end gap-2 border-border border-t px-5 py-3 max-sm:[&>*]:grow",
        className,
      )}
      {...props}
    />
  );
}
