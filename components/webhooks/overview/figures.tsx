import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { formatDuration, formatTime } from "@/components/ui/format-time";
import { useNow } from "@/components/ui/use-now";
import { rateTone } from "@/components/webhooks/describe-health";
import type { OverviewOutput } from "@/lib/contract/stats";
import { formatRate } from "@/lib/core/format-rate";

type Days = Pick<OverviewOutput, "today" | "yesterday">;

const rateClasses = { good: "", warn: "text-warning", bad: "text-danger", idle: "", off: "" };
const count = (n: number) => n.toLocaleString("en");
const duration = (ms: number | null) => (ms === null ? "–" : formatDuration(ms));
const none = "none yesterday";

/** Today so far, each figure beside yesterday's at the same time. */
export function Figures({ today, yesterday }: Days) {
  const now = useNow(60_000);
  const until = now && `yesterday until ${formatTime(new Date(yesterday.to))}`;
  return (
    <section aria-label="Today" className="grid grid-cols-1 gap-2">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="font-semibold text-base">Today</h2>
        {until && <span className="text-muted-foreground text-xs">compared with {until}</span>}
      </div>
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Figure label="Events" value={count(today.events)} before={`yesterday ${count(yesterday.events)}`} />
        <Figure
          label="Deliveries"
          value={count(today.deliveries)}
          before={`yesterday ${count(yesterday.deliveries)}`}
        />
        <Figure
          label="Delivered"
          value={today.successRate === null ? "–" : formatRate(today.successRate)}
          className={rateClasses[rateTone(today.successRate)]}
          note={today.due > 0 && `${count(today.succeeded)} of ${count(today.due)} due`}
          before={yesterday.successRate === null ? none : `yesterday ${formatRate(yesterday.successRate)}`}
        />
        <Figure
          label="Latency, p50 / p95"
          value={
            <>
              {duration(today.p50Ms)} <span className="text-muted-foreground">/ {duration(today.p95Ms)}</span>
            </>
          }
          before={
            yesterday.p50Ms === null
              ? none
              : `yesterday ${duration(yesterday.p50Ms)} / ${duration(yesterday.p95Ms)}`
          }
        />
      </dl>
    </section>
  );
}

function Figure({
  label,
  value,
  note,
  before,
  className,
}: {
  label: string;
  value: ReactNode;
  note?: ReactNode;
  before: string;
  className?: string;
}) {
  return (
    <div className="flex flex-col gap-0.5 rounded-lg border border-border px-3 py-2.5">
      <dt className="text-muted-foreground text-xs">{label}</dt>
      <dd className="flex flex-wrap items-baseline gap-x-2">
        <span className={cn("font-semibold text-xl tabular-nums tracking-tight max-sm:text-base", className)}>
          {value}
        </span>
        {note && <span className="text-muted-foreground text-xs">{note}</span>}
      </dd>
      <dd className="text-muted-foreground text-xs">{before}</dd>
    </div>
  );
}
