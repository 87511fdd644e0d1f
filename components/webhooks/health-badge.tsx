"use client";

import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  type LucideIcon,
  Pause,
  TriangleAlert,
} from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { useNow } from "@/components/ui/use-now";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { describeHealth, type HealthTone } from "./describe-health";

const looks: Record<HealthTone, { icon: LucideIcon; className: string }> = {
  good: { icon: CircleCheck, className: "text-success" },
  warn: { icon: TriangleAlert, className: "text-warning" },
  bad: { icon: CircleAlert, className: "text-danger" },
  off: { icon: CirclePause, className: "text-muted-foreground" },
  idle: { icon: CircleDashed, className: "text-muted-foreground" },
};

/** A webhook's health: an icon with its word, held events, and the reason in a second line. */
export function HealthBadge({ endpoint, inline = false }: { endpoint: EndpointOutput; inline?: boolean }) {
  const { tone, label, detail } = describeHealth(endpoint, useNow());
  const { icon: Icon, className } = looks[tone];
  return (
    <span className={cn("flex min-w-0 gap-1.5", inline ? "items-center" : "items-start")}>
      <Icon aria-hidden="true" className={cn("size-4 shrink-0", !inline && "mt-0.5", className)} />
      <span className={cn("min-w-0", inline ? "flex gap-1.5" : "grid")}>
        <span className="flex items-center gap-2 whitespace-nowrap">
          <span className={cn("font-medium", tone === "idle" ? "text-muted-foreground" : className)}>
            {label}
          </span>
          {!inline && <HeldCount held={endpoint.held} />}
        </span>
        {detail && (
          <span
            className={cn(
              "text-muted-foreground",
              inline ? "truncate text-sm" : "wrap-anywhere text-xs leading-4",
            )}
            title={detail}
          >
            {detail}
          </span>
        )}
      </span>
      {inline && <HeldCount held={endpoint.held} />}
    </span>
  );
}

function HeldCount({ held }: Pick<EndpointOutput, "held">) {
  if (held === 0) return null;
  return (
    <Badge>
      <Pause aria-hidden="true" />
      {held.toLocaleString("en")} held
    </Badge>
  );
}
