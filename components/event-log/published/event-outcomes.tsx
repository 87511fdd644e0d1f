import { Badge } from "@/components/ui/badge";
import type { EventOutput } from "@/lib/contract/events";
import type { DeliveryStatus } from "@/lib/core/deliveries";

/** `one`: the word for one delivery, if it differs. */
type Look = { word: string; one?: string; variant: "success" | "danger" | "warning" | "neutral" };

/** Outcomes that need attention come first. */
const looks: Partial<Record<DeliveryStatus, Look>> & Record<string, Look> = {
  failed: { word: "failed", variant: "danger" },
  pending: { word: "on their way", one: "on its way", variant: "warning" },
  held: { word: "held", variant: "neutral" },
  discarded: { word: "discarded", variant: "neutral" },
  succeeded: { word: "succeeded", variant: "success" },
};

/** The outcomes of an event's deliveries: "1 failed" "2 succeeded", or that it went to no webhook. */
export function EventOutcomes({ event }: { event: Pick<EventOutput, "deliveries" | "statuses"> }) {
  if (event.deliveries === 0) return <Badge variant="outline">Sent to no webhook</Badge>;
  const statuses: Record<string, number> = event.statuses;
  const outcomes = Object.entries(looks).flatMap(([status, { word, one = word, variant }]) => {
    const count = statuses[status] ?? 0;
    return count > 0 ? [{ status, variant, text: `${count} ${count === 1 ? one : word}` }] : [];
  });
  return (
    <span
      className="flex items-center gap-1.5 overflow-hidden whitespace-nowrap"
      title={outcomes.map(({ text }) => text).join(", ")}
    >
      {outcomes.map(({ status, variant, text }) => (
        <Badge key={status} variant={variant}>
          {text}
        </Badge>
      ))}
    </span>
  );
}
