"use client";

import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import type { Offer } from "@/components/webhooks/answered-offer";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { TestEventForm } from "./test-event-form";

/** Sends a test event to a webhook; its answer appears in the same dialog. */
export function TestEventDialog({
  endpoint,
  onClose,
  offer,
}: {
  endpoint: Pick<EndpointOutput, "id" | "name" | "url" | "eventTypes">;
  onClose: () => void;
  /** What is offered after a 2xx; accepting it closes the dialog. */
  offer?: Offer;
}) {
  const accepting = offer && {
    ...offer,
    accept: () => {
      onClose();
      offer.accept();
    },
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="sm:max-w-xl">
        <DialogHeader>
          <DialogTitle>Send test event</DialogTitle>
          <DialogDescription>
            To <span className="text-foreground">{endpoint.name}</span>, signed like a real one. It is marked
            as a test and never counted.
          </DialogDescription>
        </DialogHeader>
        <TestEventForm endpoint={endpoint} onLeave={onClose} offer={accepting} />
      </DialogContent>
    </Dialog>
  );
}
