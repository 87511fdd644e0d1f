/** The looks of one tab; `data-active` or Radix's `data-state` marks the open one. */
export const tabClasses =
  "-mb-px inline-flex h-9 shrink-0 items-center whitespace-nowrap border-transparent border-b-2 text-muted-foreground text-sm transition-colors duration-100 hover:text-foreground focus-visible:outline-offset-[-2px] data-active:border-primary data-active:font-medium data-active:text-foreground data-[state=active]:border-primary data-[state=active]:font-medium data-[state=active]:text-foreground";
