import { cn } from "@/components/ui/cn";
import { formatMoment } from "@/components/ui/format-time";
import type { HistogramOutput } from "@/lib/contract/histogram";
import { placeMarks } from "./histogram-model";

type Mark = HistogramOutput["marks"][number];

const looks: Record<Mark["kind"], { label: string; line: string; text: string }> = {
  failing: { label: "Failing", line: "border-danger", text: "text-danger" },
  threshold: { label: "Still failing", line: "border-danger", text: "text-danger" },
  disabled: { label: "Disabled", line: "border-muted-foreground", text: "text-muted-foreground" },
  recovered: { label: "Recovered", line: "border-success", text: "text-success" },
  enabled: { label: "Enabled", line: "border-success", text: "text-success" },
};

/** "14:32: Billing: Disabled, by Ana": a webhook's state change, its name if it is given. */
export function describeMark(mark: Mark, now: Date, name?: string): string {
  const reason = mark.reason ? `, ${mark.reason}` : "";
  return `${formatMoment(new Date(mark.createdAt), now)}: ${name ? `${name}: ` : ""}${looks[mark.kind].label}${reason}`;
}

/**
 * Changes of webhooks' state, as lines through the bars, each with a label if there is room. The lines leave the
 * pointer to the bars, whose readout names them.
 */
export function HistogramMarks({
  histogram,
  webhookName,
  now,
}: {
  histogram: HistogramOutput | undefined;
  webhookName?: ((id: string) => string) | undefined;
  now: Date | null;
}) {
  if (!histogram || !now) return <div className="h-4" />;
  const placed = placeMarks(histogram.marks, histogram, 12);
  return (
    <ul aria-label="State changes" className="h-4">
      {placed.map(({ mark, percent, label }) => {
        const { line, text, label: kind } = looks[mark.kind];
        const full = describeMark(mark, now, webhookName?.(mark.endpointId));
        const isLeft = label === "left";
        return (
          <li
            key={mark.id}
            className={cn(
              "pointer-events-none absolute top-0 flex h-[72px] max-w-[12%] items-start border-dashed",
              isLeft ? "border-r" : "border-l",
              line,
            )}
            style={isLeft ? { right: `${100 - percent}%` } : { left: `${percent}%` }}
          >
            <span className="sr-only">{full}</span>
            <span
              aria-hidden="true"
              title={full}
              className={cn(
                "pointer-events-auto relative z-10 truncate bg-background text-[11px] leading-4",
                isLeft ? "pr-1" : "pl-1",
                text,
                label ? "max-sm:hidden" : "hidden",
              )}
            >
              {kind}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
