/** Shared by everything that opens over the page and lists choices. */
export const menuContentClasses =
  "z-50 min-w-36 overflow-y-auto overflow-x-hidden rounded-lg bg-popover p-1 text-foreground text-sm shadow-overlay data-[state=open]:animate-pop-in motion-reduce:animate-none";

export const menuItemClasses =
  "relative flex min-h-7 cursor-default select-none items-center gap-2 rounded-md px-2 py-1 text-sm outline-none data-[disabled]:pointer-events-none data-[highlighted]:bg-accent data-[disabled]:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground";
