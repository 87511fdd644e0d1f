"use client";

import { useLinkStatus } from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";

/** The words of a link, which pulse while its page is on its way. */
export function LinkWords({ children }: { children: ReactNode }) {
  const { pending } = useLinkStatus();
  return (
    <span className={cn(pending && "animate-pulse [animation-delay:150ms] motion-reduce:animate-none")}>
      {children}
    </span>
  );
}
