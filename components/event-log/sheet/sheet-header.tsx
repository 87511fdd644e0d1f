import { ChevronDown, ChevronUp, Download, RotateCw, X } from "lucide-react";
import { useCan } from "@/components/shell/use-workspace";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { StatusBadge } from "@/components/ui/status-badge";
import type { DeliveryDetailOutput } from "@/lib/contract/deliveries";
import { CopyLinkButton } from "./copy-link-button";
import { downloadDelivery } from "./download-delivery";

export type SheetNavigation = {
  previous: string | undefined;
  next: string | undefined;
  onOpen: (id: string | null) => void;
};

/** Top of the event sheet: the event, its status, and its actions. */
export function EventSheetHeader({
  delivery,
  failure,
  onRetry,
  previous,
  next,
  onOpen,
}: SheetNavigation & {
  delivery: DeliveryDetailOutput | undefined;
  /** Why the last retry could not be asked for. */
  failure: string | undefined;
  onRetry: () => void;
}) {
  const mayRetry = useCan("deliveries:write");
  return (
    <header className="sticky top-0 z-10 grid gap-2 border-border border-b bg-background px-5 py-3">
      <div className="-mx-1.5 flex items-center gap-0.5">
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Previous event"
          title="Previous (K)"
          disabled={!previous}
          onClick={() => previous && onOpen(previous)}
        >
          <ChevronUp aria-hidden="true" />
        </Button>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Next event"
          title="Next (J)"
          disabled={!next}
          onClick={() => next && onOpen(next)}
        >
          <ChevronDown aria-hidden="true" />
        </Button>
        <CopyLinkButton label="Copy a link to this event" />
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Download as JSON, with its attempts"
          title="Download as JSON, with its attempts"
          disabled={!delivery}
          onClick={() => delivery && downloadDelivery(delivery)}
        >
          <Download aria-hidden="true" />
        </Button>
        <span className="flex-1" />
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Close"
          title="Close (Esc)"
          onClick={() => onOpen(null)}
        >
          <X aria-hidden="true" />
        </Button>
      </div>
      {delivery && (
        <>
          <div className="flex items-start gap-3">
            <div className="grid min-w-0 flex-1 gap-1">
              <h2 className="break-all font-medium font-mono text-base">{delivery.type}</h2>
              <p aria-live="polite" className="flex flex-wrap items-center gap-2">
                <StatusBadge delivery={delivery} />
                {delivery.httpStatus !== null && !delivery.inFlight && (
                  <span className="font-mono text-muted-foreground text-xs">{delivery.httpStatus}</span>
                )}
                {delivery.test && <Badge variant="outline">Test</Badge>}
              </p>
            </div>
            {mayRetry && !delivery.endpoint.deleted && (
              <Button
                variant={delivery.status === "succeeded" ? "outline" : "default"}
                pending={delivery.inFlight}
                onClick={onRetry}
                title="Retry (R)"
              >
                {!delivery.inFlight && <RotateCw aria-hidden="true" />}
                {delivery.inFlight ? "Sending…" : "Retry"}
              </Button>
            )}
          </div>
          {failure && (
            <p role="alert" className="text-danger text-xs">
              {failure}
            </p>
          )}
        </>
      )}
    </header>
  );
}
