"use client";

import dynamic from "next/dynamic";
import { Badge, badgeVariants } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { LoadOnUse } from "@/components/ui/load-on-use";
import { type ApiKeyScope, apiKeyScopes, scopeDescriptions } from "@/lib/core/api-keys";

const load = () => import("./scope-popover");
const ScopePopover = dynamic(async () => (await load()).ScopePopover);

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
  const button = (
    <button type="button" className={cn(badgeVariants(), "hover:bg-accent")}>
      {scopes.length === apiKeyScopes.length ? "All scopes" : `${scopes.length} scopes`}
    </button>
  );
  return (
    <LoadOnUse popup="dialog" button={button} load={load}>
      <ScopePopover scopes={scopes}>{button}</ScopePopover>
    </LoadOnUse>
  );
}
