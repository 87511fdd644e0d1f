import type { ComponentProps } from "react";
import { cn } from "./cn";

/**
 * A table in a bordered box that scrolls sideways when it must. Its cells have the borders: collapsed ones belong to
 * the whole table, which browsers draw again whenever a row is added.
 */
export function Table({
  className,
  containerClassName,
  ...props
}: ComponentProps<"table"> & { containerClassName?: string }) {
  return (
    <div
      data-slot="table-container"
      className={cn("relative w-full overflow-x-auto rounded-lg border border-border", containerClassName)}
    >
      <table
        data-slot="table"
        className={cn("w-full border-separate border-spacing-0 text-sm", className)}
        {...props}
      />
    </div>
  );
}

export function TableHeader({ className, ...props }: ComponentProps<"thead">) {
  return <thead className={cn("bg-surface", className)} {...props} />;
}

export function TableBody({ className, ...props }: ComponentProps<"tbody">) {
  return <tbody data-live="" className={cn("[&>tr:last-child>*]:border-b-0", className)} {...props} />;
}

/** Its background changes at once: rows that pass under the pointer while scrolling would be drawn in every frame. */
export function TableRow({ className, ...props }: ComponentProps<"tr">) {
  return <tr className={cn("*:border-b data-[state=selected]:bg-primary-soft", className)} {...props} />;
}

export function TableHead({ className, scope = "col", ...props }: ComponentProps<"th">) {
  return (
    <th
      scope={scope}
      className={cn(
        "h-8 whitespace-nowrap border-border border-b px-3 text-left align-middle font-medium text-muted-foreground text-xs",
        className,
      )}
      {...props}
    />
  );
}

export function TableCell({ className, ...props }: ComponentProps<"td">) {
  return <td className={cn("h-9 px-3 align-middle", className)} {...props} />;
}

/**
 * Leaves a column out of a `table-fixed` table in less room than this. It keeps a width of 0, because cells that span
 * all columns would otherwise make room for an empty one.
 */
export const leftOut = {
  md: "@max-md:invisible @max-md:w-0 @max-md:p-0!",
  xl: "@max-xl:invisible @max-xl:w-0 @max-xl:p-0!",
};

/**
 * The space of omitted rows in a long table.
 *
 * @param height in px; nothing at 0
 */
export function TableGap({ height, columns }: { height: number; columns: number }) {
  if (height === 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes focus
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height }} className="p-0" />
    </tr>
  );
}

export function TableCaption({ className, ...props }: ComponentProps<"caption">) {
  return <caption className={cn("sr-only", className)} {...props} />;
}
