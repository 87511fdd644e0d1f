"use client";

import { useTryNow } from "@/components/data/use-try-now";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { EndpointOutput } from "@/lib/contract/endpoints";

/** Tries a listed webhook that backs off, without opening its page; nothing for others. */
export function TryNowButton({ endpoint, className }: { endpoint: EndpointOutput; className?: string }) {
  const { possible, start, pending } = useTryNow(endpoint);
  if (!possible && !pending) return null;
  return (
    <Button
      variant="outline"
      size="sm"
      className={cn("w-fit", className)}
      aria-label={`Try now: ${endpoint.name}`}
      pending={pending}
      onClick={start}
    >
      Try now
    </Button>
  );
}
