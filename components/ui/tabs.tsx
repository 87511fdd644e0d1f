"use client";

import * as TabsPrimitive from "radix-ui/tabs";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Tabs within a page. For tabs that are pages of their own use `TabNav`. */
export const Tabs = TabsPrimitive.Root;

export function TabsList({ className, ...props }: ComponentProps<typeof TabsPrimitive.List>) {
  return (
    <TabsPrimitive.List
      data-slot="tabs-list"
      className={cn("flex gap-4 overflow-x-auto border-border border-b", className)}
      {...props}
    />
  );
}

/** The looks of one tab; `data-active` marks the open one. */
export const tabClasses =
  "-mb-px inline-flex h-9 shrink-0 items-center whitespace-nowrap border-transparent border-b-2 text-muted-foreground text-sm transition-colors duration-100 hover:text-foreground focus-visible:outline-offset-[-2px] data-active:border-primary data-active:font-medium data-active:text-foreground data-[state=active]:border-primary data-[state=active]:font-medium data-[state=active]:text-foreground";

export function TabsTrigger({ className, ...props }: ComponentProps<typeof TabsPrimitive.Trigger>) {
  return <TabsPrimitive.Trigger data-slot="tabs-trigger" className={cn(tabClasses, className)} {...props} />;
}

export function TabsContent({ className, ...props }: ComponentProps<typeof TabsPrimitive.Content>) {
  return <TabsPrimitive.Content data-slot="tabs-content" className={cn("pt-4", className)} {...props} />;
}
