"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { WebhookMenu } from "@/components/webhooks/actions/webhook-menu";
import { HealthBadge } from "@/components/webhooks/health-badge";
import { SignatureToken } from "@/components/webhooks/signature/signature-token";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { describeEvents } from "./describe-events";
import { FailingLines } from "./failing-lines";
import { LastAttempt } from "./last-attempt";
import { TrafficBars } from "./traffic-bars";
import { TryNowButton } from "./try-now-button";

/** Webhooks as cards, for narrow screens. */
export function WebhookCards({ endpoints }: { endpoints: readonly EndpointOutput[] }) {
  const { slug } = useWorkspace();
  const router = useRouter();
  const mayWrite = useCan("endpoints:write");
  const mayReveal = useCan("secrets:read");
  return (
    <ul data-live="" className="grid grid-cols-1 gap-3">
      {endpoints.map((endpoint) => (
        <li key={endpoint.id} className="grid grid-cols-1 gap-2 rounded-lg border border-border p-3">
          <div className="flex items-start gap-2">
            <div className="min-w-0 flex-1">
              <Link
                href={webhookPaths.show(slug, endpoint.id)}
                className="block truncate font-medium text-base hover:underline"
              >
                {endpoint.name}
              </Link>
              <span className="block truncate font-mono text-muted-foreground text-xs">{endpoint.url}</span>
            </div>
            {mayWrite && <WebhookMenu endpoint={endpoint} />}
          </div>
          <HealthBadge endpoint={endpoint} inline />
          <FailingLines endpoint={endpoint} />
          <TryNowButton endpoint={endpoint} />
          <TrafficBars
            endpoint={endpoint}
            onOpenHour={(from, to) => router.push(webhookPaths.hour(slug, endpoint.id, from, to))}
          />
          <div className="flex items-center justify-between gap-2 text-muted-foreground">
            <span>{describeEvents(endpoint.eventTypes)}</span>
            <LastAttempt endpoint={endpoint} inline />
          </div>
          {mayReveal && (
            <div className="border-border border-t pt-1">
              <SignatureToken endpoint={endpoint} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
