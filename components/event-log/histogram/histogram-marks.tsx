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

/** Changes of webhooks' state, as lines through the bars; each with a label if there is room, and on hover. */
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
      {placed.map(({ mark, percent, labelled }) => {
        const { label, line, text } = looks[mark.kind];
        const name = webhookName?.(mark.endpointId);
        const reason = mark.reason ? ` ${mark.reason}` : "";
        const full = `${formatMoment(new Date(mark.createdAt), now)}: ${name ? `${name}: ` : ""}${label}${reason}`;
        return (
          <li
            key={mark.id}
            title={full}
            className={cn(
              "absolute top-0 flex h-[72px] max-w-[12%] items-start border-l border-dashed",
              line,
            )}
            style={{ left: `${percent}%` }}
          >
            <span className="sr-only">{full}</span>
            <span
              aria-hidden="true"
              className={cn(
                "relative z-10 truncate bg-background pl-1 text-[11px] leading-4",
                text,
                labelled ? "max-sm:hidden" : "hidden",
              )}
            >
              {label}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
