"use client";

import { Check } from "lucide-react";
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

export function DropdownMenuContent({
  className,
  sideOffset = 4,
  align = "end",
  ...props
}: ComponentProps<typeof MenuParts.Content>) {
  const { parts } = useOpening(menu);
  if (!parts) return null;
  return (
    <parts.Portal>
      <parts.Content
        data-slot="dropdown-menu"
        sideOffset={sideOffset}
        align={align}
        collisionPadding={8}
        className={cn(
          menuContentClasses,
          "max-h-(--radix-dropdown-menu-content-available-height)",
          className,
        )}
        {...props}
      />
    </parts.Portal>
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

export function DropdownMenuGroup(props: ComponentProps<typeof MenuParts.Group>) {
  const { Group } = useParts(menu);
  return <Group {...props} />;
}

export function DropdownMenuCheckboxItem({
  className,
  children,
  ...props
}: ComponentProps<typeof MenuParts.CheckboxItem>) {
  const { CheckboxItem, ItemIndicator } = useParts(menu);
  return (
    <CheckboxItem className={cn(menuItemClasses, "pl-8", className)} {...props}>
      <ItemIndicator className="absolute left-2">
        <Check aria-hidden="true" />
      </ItemIndicator>
      {children}
    </CheckboxItem>
  );
}

export function DropdownMenuRadioGroup(props: ComponentProps<typeof MenuParts.RadioGroup>) {
  const { RadioGroup } = useParts(menu);
  return <RadioGroup {...props} />;
}

export function DropdownMenuRadioItem({
  className,
  children,
  ...props
}: ComponentProps<typeof MenuParts.RadioItem>) {
  const { RadioItem, ItemIndicator } = useParts(menu);
  return (
    <RadioItem className={cn(menuItemClasses, "pl-8", className)} {...props}>
      <ItemIndicator className="absolute left-2">
        <Check aria-hidden="true" />
      </ItemIndicator>
      {children}
    </RadioItem>
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
