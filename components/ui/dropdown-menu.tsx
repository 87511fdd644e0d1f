"use client";

import type * as MenuParts from "radix-ui/dropdown-menu";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { LazyRoot, lazyOverlay, StandInTrigger, useOpening, useParts } from "./lazy-overlay";
import { menuContentClasses, menuItemClasses } from "./menu-classes";

const menu = lazyOverlay<typeof MenuParts>(() => import("radix-ui/dropdown-menu"));

/** Not modal: the page behind it stays readable, and a click there closes the menu. */
export function DropdownMenu(props: ComponentProps<typeof MenuParts.Root>) {
  return <LazyRoot overlay={menu} root={{ modal: false, ...props }} />;
}

export function DropdownMenuTrigger(props: ComponentProps<typeof MenuParts.Trigger>) {
  const opening = useOpening(menu);
  if (opening.parts) return <opening.parts.Trigger {...props} />;
  return <StandInTrigger popup="menu" opening={opening} {...props} />;
}

/** Stays where its trigger is, inside of the page's landmarks, and is placed over everything. */
export function DropdownMenuContent({
  className,
  sideOffset = 4,
  align = "end",
  onClick,
  ...props
}: ComponentProps<typeof MenuParts.Content>) {
  const { parts } = useOpening(menu);
  if (!parts) return null;
  return (
    <parts.Content
      data-slot="dropdown-menu"
      sideOffset={sideOffset}
      align={align}
      collisionPadding={8}
      // A choice in the menu is no click on the row that the menu stands in.
      onClick={(event) => {
        onClick?.(event);
        event.stopPropagation();
      }}
      className={cn(
        menuContentClasses,
        "max-h-(--radix-dropdown-menu-content-available-height) text-left font-normal",
        className,
      )}
      {...props}
    />
  );
}

export function DropdownMenuItem({
  className,
  variant = "default",
  ...props
}: ComponentProps<typeof MenuParts.Item> & { variant?: "default" | "destructive" }) {
  const { Item } = useParts(menu);
  return (
    <Item
      className={cn(
        menuItemClasses,
        variant === "destructive" && "text-danger data-[highlighted]:bg-danger-soft [&_svg]:text-danger",
        className,
      )}
      {...props}
    />
  );
}

export function DropdownMenuLabel({ className, ...props }: ComponentProps<typeof MenuParts.Label>) {
  const { Label } = useParts(menu);
  return <Label className={cn("px-2 py-1 text-muted-foreground text-xs", className)} {...props} />;
}

export function DropdownMenuSeparator({ className, ...props }: ComponentProps<typeof MenuParts.Separator>) {
  const { Separator } = useParts(menu);
  return <Separator className={cn("-mx-1 my-1 h-px bg-border", className)} {...props} />;
}
