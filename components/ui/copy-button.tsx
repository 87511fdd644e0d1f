"use client";

import { Check, Copy, X } from "lucide-react";
import { Button, type ButtonProps } from "./button";
import { Tooltip } from "./tooltip";
import { type Copyable, useCopy } from "./use-copy";

type CopyButtonProps = Omit<ButtonProps, "value" | "onClick" | "children" | "asChild"> & {
  /** The text to copy; a function is called at the click, and may fetch it first. */
  value: Copyable;
  /** What it copies, for a screen reader and the tooltip: "Copy the delivery's id". */
  label?: string;
  /** The button's text, beside the icon. */
  text?: string;
  /** Called once it is copied. */
  onCopied?: () => void;
};

export function CopyButton({
  value,
  label = "Copy",
  text,
  variant = text ? "outline" : "ghost",
  onCopied,
  size = text ? "sm" : "icon-sm",
  ...props
}: CopyButtonProps) {
  const { copied, failed, copy } = useCopy();
  const said = copied ? "Copied" : failed ? "Could not copy" : label;
  const Icon = copied ? Check : failed ? X : Copy;
  const button = (
    <Button
      variant={variant}
      size={size}
      aria-label={text ? undefined : label}
      onClick={async (event) => {
        event.stopPropagation();
        if (await copy(value)) onCopied?.();
      }}
      {...props}
    >
      <Icon aria-hidden="true" className={copied ? "text-success" : failed ? "text-danger" : undefined} />
      {text && (copied ? "Copied" : text)}
    </Button>
  );
  return (
    <>
      {text ? button : <Tooltip content={said}>{button}</Tooltip>}
      <span aria-live="polite" className="sr-only">
        {copied || failed ? said : ""}
      </span>
    </>
  );
}
