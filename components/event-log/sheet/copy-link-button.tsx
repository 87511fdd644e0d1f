"use client";

import { Check, Link2 } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { useCopy } from "@/components/ui/use-copy";

/** Copies the page's address, which opens the same sheet for a colleague. */
export function CopyLinkButton({ label }: { label: string }) {
  const { copied, copy } = useCopy();
  return (
    <>
      <IconButton label={label} onClick={() => void copy(window.location.href)}>
        {copied ? <Check aria-hidden="true" className="text-success" /> : <Link2 aria-hidden="true" />}
      </IconButton>
      <span aria-live="polite" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </>
  );
}
