import {
  Ban,
  CircleCheck,
  CircleX,
  Clock,
  LoaderCircle,
  type LucideIcon,
  Pause,
  RotateCw,
} from "lucide-react";
import type { DeliveryOutput } from "@/lib/contract/deliveries";
import { Badge } from "./badge";
import { cn } from "./cn";

type Look = {
  word: string;
  icon: LucideIcon;
  variant: "neutral" | "primary" | "success" | "warning" | "danger";
};

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

/** The status of a delivery: colour beside a word and an icon, never alone. */
export function StatusBadge({
  delivery,
  className,
}: {
  delivery: Pick<DeliveryOutput, "status" | "inFlight" | "attempts">;
  className?: string;
}) {
  const { word, icon: Icon, variant } = deliveryLook(delivery);
  return (
    <Badge variant={variant} className={cn("transition-colors duration-150", className)}>
      <Icon
        aria-hidden="true"
        className={cn(Icon === LoaderCircle && "animate-spin motion-reduce:animate-none")}
      />
      {word}
    </Badge>
  );
}
