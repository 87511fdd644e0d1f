import type { ComponentProps } from "react";
import { Button } from "./button";
import { cn } from "./cn";

/**
 * The buttons at the bottom of a dialog; on a phone they fill its width, where a thumb finds them.
 *
 * @param props.onCancel puts _Cancel_ before the others
 */
export function DialogFooter({
  className,
  onCancel,
  children,
  ...props
}: ComponentProps<"div"> & { onCancel?: () => void }) {
  return (
    <div
      className={cn(
        "flex flex-wrap justify-end gap-2 border-border border-t px-5 py-3 max-sm:[&>*]:grow",
        className,
      )}
      {...props}
    >
      {onCancel && (
        <Button variant="outline" onClick={onCancel}>
          Cancel
        </Button>
      )}
      {children}
    </div>
  );
}
