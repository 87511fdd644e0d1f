import { Ban, CircleCheck, CircleX, Clock, LoaderCircle, Pause, RotateCw } from "lucide-react";
import type { DeliveryOutput } from "@/lib/contract/deliveries";
import { type Look, LookBadge } from "./look-badge";

const looks = {
  sending: { word: "Sending…", icon: LoaderCircle, variant: "primary" },
  waiting: { word: "Waiting", icon: Clock, variant: "neutral" },
  retrying: { word: "Retrying", icon: RotateCw, variant: "warning" },
  held: { word: "Held", icon: Pause, variant: "neutral" },
  succeeded: { word: "Succeeded", icon: CircleCheck, variant: "success" },
  failed: { word: "Failed", icon: CircleX, variant: "danger" },
  discarded: { word: "Discarded", icon: Ban, variant: "neutral" },
} satisfies Record<string, Look>;

/** A delivery's status as the dashboard shows it: a pending one waits, is being sent, or is being retried. */
export function deliveryLook({
  status,
  inFlight,
  attempts,
}: Pick<DeliveryOutput, "status" | "inFlight" | "attempts">): Look {
  if (inFlight) return looks.sending;
  if (status === "pending") return attempts > 0 ? looks.retrying : looks.waiting;
  return looks[status];
}

/** The status of a delivery. */
export function StatusBadge({
  delivery,
  className,
}: {
  delivery: Pick<DeliveryOutput, "status" | "inFlight" | "attempts">;
  className?: string;
}) {
  return <LookBadge look={deliveryLook(delivery)} className={className} />;
}
