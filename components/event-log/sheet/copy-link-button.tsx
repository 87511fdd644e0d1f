"use client";

import { Check, Link2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useCopy } from "@/components/ui/use-copy";

/** Copies the page's address, which opens the same sheet for a colleague. */
export function CopyLinkButton({ label }: { label: string }) {
  const { copied, copy } = useCopy();
  return (
    <>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={label}
        title={label}
        onClick={() => void copy(window.location.href)}
      >
        {copied ? <Check aria-hidden="true" className="text-success" /> : <Link2 aria-hidden="true" />}
      </Button>
      <span aria-live="polite" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </>
  );
}
