import Link from "next/link";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useWorkspace } from "@/components/shell/use-workspace";
import { RelativeTime } from "@/components/ui/time";
import type { OverviewOutput } from "@/lib/contract/stats";

const parts = [
  { key: "succeeded", label: "succeeded" },
  { key: "failed", label: "failed" },
  { key: "pending", label: "pending" },
  { key: "held", label: "held" },
  { key: "discarded", label: "discarded" },
] as const;

/**
 * The outcomes of everything that was accepted and is retained: the sum and its parts, each with a link to the log,
 * and the check's findings.
 */
export function LedgerSums({ ledger, held }: Pick<OverviewOutput, "ledger" | "held">) {
  const { slug } = useWorkspace();
  const { accepted, openAlarms, checkedAt } = ledger;
  return (
    <div className="grid gap-1 rounded-lg border border-border px-3 py-2.5">
      <p className="flex flex-wrap gap-x-1.5 tabular-nums">
        <span className="font-medium">{accepted.toLocaleString("en")} accepted</span>
        {parts.map(({ key, label }, index) => (
          <span key={key} className="text-muted-foreground">
            {index === 0 ? "=" : "+"}{" "}
            <Link
              href={`${webhookPaths.log(slug)}?status=${key}`}
              className="text-foreground hover:underline"
            >
              {ledger[key].toLocaleString("en")} {label}
            </Link>
          </span>
        ))}
      </p>
      {held.count > 0 && (
        <p>
          {held.endpoints === 1 ? "1 webhook holds" : `${held.endpoints} webhooks hold`}{" "}
          {held.count.toLocaleString("en")} {held.count === 1 ? "event" : "events"}, until someone replays or
          discards them.
        </p>
      )}
      <p className="text-muted-foreground text-xs">
        {openAlarms > 0
          ? `It does not add up, or deliveries are late: ${openAlarms} open ${openAlarms === 1 ? "alarm" : "alarms"}.`
          : "Everything that was accepted is accounted for."}{" "}
        {checkedAt && (
          <>
            Last compared with the tables <RelativeTime value={checkedAt} />.
          </>
        )}
      </p>
    </div>
  );
}
