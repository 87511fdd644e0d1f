"use client";

import Link from "next/link";
import { describeWaiting } from "@/components/data/describe-waiting";
import { useTryNow } from "@/components/data/use-try-now";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { formatDate, formatMoment, formatNextTry } from "@/components/ui/format-time";
import { useNow } from "@/components/ui/use-now";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { backoffFailures, backsOff, disableFailures, probesLeft } from "@/lib/core/endpoint-state";
import { LastErrorMessage } from "./last-error-message";
import { ShowFailures } from "./show-failures";

const dayMs = 86_400_000;

/** For a failing webhook: since when, the error, the next tries, and when it will be disabled. */
export function FailingMessage({ endpoint }: { endpoint: EndpointOutput }) {
  const { slug } = useWorkspace();
  const now = useNow();
  const { id, consecutiveFailures, failingSince } = endpoint;
  const waiting = describeWaiting(endpoint.waiting, now);
  const trying = useTryNow(endpoint);
  const failures = consecutiveFailures === 1 ? "1 failure" : `${consecutiveFailures} failures in a row`;
  return (
    <div className="grid gap-1">
      <p className="font-medium">
        Failing{failingSince && now && ` since ${formatMoment(new Date(failingSince), now)}`}: {failures}
      </p>
      <LastErrorMessage endpoint={endpoint} />
      <p>{describeWhatComes(endpoint, now)}</p>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        {waiting && <p className="font-medium">{waiting}</p>}
        {trying.possible && (
          <Button variant="outline" size="sm" pending={trying.pending} onClick={trying.start}>
            Try now
          </Button>
        )}
        <Link href={webhookPaths.waiting(slug, id)} className="text-link hover:underline">
          Show waiting events
        </Link>
        <ShowFailures endpointId={id} />
      </div>
    </div>
  );
}

/** The next tries and their end; without times until the viewer's zone is known. */
function describeWhatComes(endpoint: EndpointOutput, now: Date | null): string {
  const { consecutiveFailures, nextProbeAt, disablesAt } = endpoint;
  const left = probesLeft(consecutiveFailures);
  const tries = left === 1 ? "1 more failed try" : `${left} more failed tries`;
  if (!backsOff(consecutiveFailures)) {
    return `Each event is retried on its own schedule. After ${backoffFailures} failures in a row, only one event at a time is tried, and after ${disableFailures}, the webhook is disabled. A success resets the count.`;
  }
  const next = nextProbeAt && now ? `; next try ${formatNextTry(nextProbeAt, now)}` : "";
  const about = disablesAt && now ? `, about ${describeAbout(new Date(disablesAt), now)},` : "";
  return `One event at a time is tried until one succeeds, and the others wait${next}. After ${tries}${about} the webhook is disabled and its events are held.`;
}

/** "14:32" for a near time, "30 Nov" for a distant one. */
function describeAbout(at: Date, now: Date): string {
  return at.getTime() - now.getTime() < dayMs ? formatMoment(at, now) : formatDate(at, now);
}
