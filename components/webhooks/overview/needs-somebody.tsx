"use client";

import { CircleCheck } from "lucide-react";
import Link from "next/link";
import { useTryNow } from "@/components/data/use-try-now";
import { useWebhooks } from "@/components/data/use-webhooks";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useWebhookSwitch } from "@/components/webhooks/actions/use-webhook-switch";
import { HealthBadge } from "@/components/webhooks/health-badge";
import { FailingLines } from "@/components/webhooks/list/failing-lines";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { type Problem, worstFirst } from "@/lib/core/attention";
import { formatRate } from "@/lib/core/format-rate";

/** The webhooks that need attention, the worst first, each with its next step. */
export function NeedsSomebody() {
  const { slug } = useWorkspace();
  const list = useWebhooks();
  if (!list.data) return <Skeleton className="h-14 rounded-lg" />;
  const rows = worstFirst(list.data.data);
  if (rows.length === 0) {
    const count = list.data.data.length;
    return (
      <p className="flex items-center gap-2 rounded-lg border border-border px-3 py-3 text-muted-foreground">
        <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-success" />
        {count === 0 ? (
          <span>
            No webhooks yet.{" "}
            <Link href={webhookPaths.list(slug)} className="text-link hover:underline">
              Webhooks
            </Link>
          </span>
        ) : (
          `Nothing to do: ${count === 1 ? "the webhook is" : `all ${count} webhooks are`} fine.`
        )}
      </p>
    );
  }
  return (
    <ul className="divide-y divide-border rounded-lg border border-border">
      {rows.map(({ endpoint, problem }) => (
        <Row key={endpoint.id} endpoint={endpoint} problem={problem} />
      ))}
    </ul>
  );
}

function Row({ endpoint, problem }: { endpoint: EndpointOutput; problem: Problem }) {
  const { slug } = useWorkspace();
  const { successRate, due } = endpoint.health24h;
  return (
    <li className="grid grid-cols-1 items-center gap-x-4 gap-y-2 px-3 py-2.5 sm:grid-cols-[13rem_minmax(0,1fr)_auto]">
      <HealthBadge endpoint={endpoint} />
      <div className="min-w-0">
        <Link
          href={webhookPaths.show(slug, endpoint.id)}
          className="block truncate font-medium hover:underline"
        >
          {endpoint.name}
        </Link>
        <FailingLines endpoint={endpoint} />
        {endpoint.status === "disabled" && endpoint.lastFailure && (
          <span className="block truncate text-danger text-xs">{endpoint.lastFailure.title}</span>
        )}
        {problem === "low_rate" && successRate !== null && (
          <span className="block text-danger text-xs">
            {formatRate(successRate)} of {due.toLocaleString("en")} events delivered in 24 hours
          </span>
        )}
      </div>
      <NextStep endpoint={endpoint} problem={problem} />
    </li>
  );
}

/** What to do about it; for people who may not, where to look. */
function NextStep({ endpoint, problem }: { endpoint: EndpointOutput; problem: Problem }) {
  const { slug } = useWorkspace();
  const mayWrite = useCan("endpoints:write");
  const enabling = useWebhookSwitch(endpoint);
  const trying = useTryNow(endpoint);
  if (problem === "disabled_by_rule" && mayWrite) {
    return (
      <span>
        <Button
          variant="outline"
          size="sm"
          aria-label={`Enable: ${endpoint.name}`}
          pending={enabling.pending}
          onClick={enabling.start}
        >
          Enable
        </Button>
        {enabling.dialog}
      </span>
    );
  }
  if (problem === "backs_off" && trying.possible) {
    return (
      <span>
        <Button
          variant="outline"
          size="sm"
          aria-label={`Try now: ${endpoint.name}`}
          pending={trying.pending}
          onClick={trying.start}
        >
          Try now
        </Button>
      </span>
    );
  }
  const isHeld = problem === "holds_events";
  const step = isHeld ? (mayWrite ? "Replay or discard" : "Show held events") : "Show failures";
  return (
    <span>
      <Button asChild variant="outline" size="sm">
        <Link
          aria-label={`${step}: ${endpoint.name}`}
          href={isHeld ? webhookPaths.show(slug, endpoint.id) : webhookPaths.failures(slug, endpoint.id)}
        >
          {step}
        </Link>
      </Button>
    </span>
  );
}
