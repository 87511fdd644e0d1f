"use client";

import type { ReactNode } from "react";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { type ApiKeyScope, scopeDescriptions } from "@/lib/core/api-keys";

/** The opened popover with the meaning of each scope of a key. `children` is its button. */
export function ScopePopover({ scopes, children }: { scopes: ApiKeyScope[]; children: ReactNode }) {
  return (
    <Popover defaultOpen>
      <PopoverTrigger asChild>{children}</PopoverTrigger>
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
