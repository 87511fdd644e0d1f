"use client";

import { Hourglass } from "lucide-react";
import { Button } from "@/components/ui/button";
import { countEvents } from "@/components/ui/count-events";
import { formatAge, formatMoment } from "@/components/ui/format-time";
import { useNow } from "@/components/ui/use-now";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { isBackingOff } from "@/lib/core/attention";
import { useTryNow } from "./use-try-now";
import { useWebhooks } from "./use-webhooks";

/** This many are named; the others are counted. */
const namedMax = 4;

/**
 * The failing webhooks among those that something is sent to again, for which it waits until a try succeeds: when
 * that is, and a button that tries now. Nothing if there are none.
 */
export function WaitingWebhooks({
  waits,
  onTried,
}: {
  /** How many of the deliveries are a webhook's. Webhooks that do not back off (any more) are left out. */
  waits: readonly { endpointId: string; count: number }[];
  /** Called when a try that was started here has ended, with any result. */
  onTried: () => void;
}) {
  const webhooks = useWebhooks().data?.data;
  const failing = waits.flatMap(({ endpointId, count }) => {
    const endpoint = webhooks?.find(({ id }) => id === endpointId);
    return endpoint && isBackingOff(endpoint) ? [{ endpoint, count }] : [];
  });
  const [first, ...others] = failing;
  if (!first) return null;
  const more = failing.length - namedMax;
  return (
    <div className="grid grid-cols-1 gap-1 rounded-md bg-warning-soft px-3 py-2 text-xs">
      <p className="flex gap-2">
        <Hourglass aria-hidden="true" className="mt-px size-3.5 shrink-0 text-warning" />
        <span className="min-w-0 break-words">
          {others.length === 0
            ? `${first.endpoint.name} keeps failing: ${countEvents(first.count)} ${first.count === 1 ? "waits and is" : "wait and are"} sent once a try succeeds.`
            : `${failing.length} of these webhooks keep failing: their events wait and are sent once a try succeeds.`}
        </span>
      </p>
      <ul className="grid grid-cols-1 gap-1 pl-5.5">
        {failing.slice(0, namedMax).map(({ endpoint, count }) => (
          <NextTry
            key={endpoint.id}
            endpoint={endpoint}
            count={others.length === 0 ? null : count}
            onTried={onTried}
          />
        ))}
      </ul>
      {more > 0 && <p className="pl-5.5">and {more.toLocaleString("en")} more</p>}
    </div>
  );
}

function NextTry({
  endpoint,
  count,
  onTried,
}: {
  endpoint: EndpointOutput;
  /** `null` if it has been said. */
  count: number | null;
  onTried: () => void;
}) {
  const now = useNow();
  const trying = useTryNow(endpoint, onTried);
  const next = now && describeNextTry(endpoint.nextProbeAt, now);
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <span className="min-w-0 break-words tabular-nums">
        {count === null
          ? next && `Next try ${next}`
          : `${endpoint.name}: ${countEvents(count)}${next ? `, next try ${next}` : ""}`}
      </span>
      {trying.possible && (
        <Button
          variant="outline"
          size="sm"
          aria-label={`Try ${endpoint.name} now`}
          pending={trying.pending}
          onClick={trying.start}
        >
          {trying.pending ? "Trying…" : "Try now"}
        </Button>
      )}
    </li>
  );
}

/** `in 24 min, at 14:32`; `soon` if its time has come. */
function describeNextTry(nextProbeAt: string | null, now: Date): string {
  const at = nextProbeAt === null ? now : new Date(nextProbeAt);
  if (at <= now) return "soon";
  return `in ${formatAge(at.getTime() - now.getTime())}, at ${formatMoment(at, now)}`;
}
