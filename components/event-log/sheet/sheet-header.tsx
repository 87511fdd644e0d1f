import { Download, RotateCw } from "lucide-react";
import { useCan } from "@/components/shell/use-workspace";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { StatusBadge } from "@/components/ui/status-badge";
import type { DeliveryDetailOutput } from "@/lib/contract/deliveries";
import { downloadDelivery } from "./download-delivery";
import { sendLabel } from "./send-label";
import { SheetBar, type SheetNavigation } from "./sheet-bar";

/** The top of the event sheet: the event, its status, and its actions. */
export function EventSheetHeader({
  delivery,
  failure,
  onRetry,
  ...navigation
}: SheetNavigation & {
  delivery: DeliveryDetailOutput | undefined;
  /** Why the last retry could not be requested. */
  failure: string | undefined;
  onRetry: () => void;
}) {
  const mayRetry = useCan("deliveries:write");
  return (
    <header className="sticky top-0 z-10 grid gap-2 border-border border-b bg-background px-5 py-3">
      <SheetBar {...navigation}>
        <IconButton
          label="Download as JSON, with its attempts"
          disabled={!delivery}
          onClick={() => delivery && downloadDelivery(delivery)}
        >
          <Download aria-hidden="true" />
        </IconButton>
      </SheetBar>
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
                title={`${sendLabel(delivery)} (R)`}
              >
                {!delivery.inFlight && <RotateCw aria-hidden="true" />}
                {delivery.inFlight ? "Sending…" : sendLabel(delivery)}
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
