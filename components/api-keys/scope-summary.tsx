"use client";

import { Badge, badgeVariants } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { type ApiKeyScope, apiKeyScopes, scopeDescriptions } from "@/lib/core/api-keys";

/** Up to two scopes by name; more as a count that opens the list. */
export function ScopeSummary({ scopes }: { scopes: ApiKeyScope[] }) {
  if (scopes.length <= 2) {
    return (
      <span className="inline-flex gap-1">
        {scopes.map((scope) => (
          <Badge key={scope} className="font-mono font-normal" title={scopeDescriptions[scope]}>
            {scope}
          </Badge>
        ))}
      </span>
    );
  }
  const words = scopes.length === apiKeyScopes.length ? "All scopes" : `${scopes.length} scopes`;
  return (
    <Popover>
      <PopoverTrigger className={cn(badgeVariants(), "hover:bg-accent")}>{words}</PopoverTrigger>
      <PopoverContent aria-label="Scopes of this key">
        <dl className="grid gap-1.5">
          {scopes.map((scope) => (
            <div key={scope}>
              <dt className="font-mono text-xs">{scope}</dt>
              <dd className="text-muted-foreground text-xs">{scopeDescriptions[scope]}</dd>
            </div>
          ))}
        </dl>
      </PopoverContent>
    </Popover>
  );
}
