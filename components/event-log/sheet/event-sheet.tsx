"use client";

import type { ComponentType } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useReadError } from "@/components/ui/use-read-error";
import type { DeliveryDetailOutput } from "@/lib/contract/deliveries";
import { Attempts } from "./attempts";
import { ErrorSection } from "./error-section";
import { NextSteps } from "./next-steps";
import { Payload } from "./payload";
import { Properties } from "./properties";
import { Reasons } from "./reasons";
import type { SheetNavigation } from "./sheet-bar";
import { SheetFailure } from "./sheet-failure";
import { EventSheetHeader } from "./sheet-header";
import { SheetShell } from "./sheet-shell";
import { useDelivery } from "./use-delivery";

export type EventSheetProps = SheetNavigation & {
  id: string;
  onRetry: (id: string) => void;
  failure: { id: string; message: string } | null;
  /** Shows the log where the delivery is; given if it is not among the rows of the log. */
  onShowInLog: ((delivery: DeliveryDetailOutput) => void) | undefined;
  /** Asks whether to enable the delivery's disabled webhook, if it has answered a retry since. */
  EnableAfterRetry: ComponentType<{ delivery: DeliveryDetailOutput }>;
  /** Repairs at the webhook for the cause of a failure. */
  Repair: ComponentType<{ delivery: DeliveryDetailOutput }>;
};

/** One delivery in full: docked beside the log if there is room, otherwise over it. */
export function EventSheet(props: EventSheetProps) {
  return (
    <SheetShell label="Event" onClose={() => props.onOpen(null)}>
      <EventSheetContent {...props} />
    </SheetShell>
  );
}

function EventSheetContent({
  id,
  onRetry,
  failure,
  onShowInLog,
  EnableAfterRetry,
  Repair,
  ...navigation
}: EventSheetProps) {
  const query = useDelivery(id);
  const readError = useReadError(query);
  const delivery = query.data;
  const unsettled = delivery && delivery.status !== "succeeded";
  const [last] = delivery?.attemptLog ?? [];
  return (
    <>
      <EventSheetHeader
        {...navigation}
        delivery={delivery}
        failure={failure?.id === id ? failure.message : undefined}
        onRetry={() => onRetry(id)}
      />
      {!delivery && !readError && <SheetSkeleton />}
      {readError && <SheetFailure error={readError} query={query} />}
      {delivery && (
        <div key={delivery.id} data-live="">
          {onShowInLog && (
            <p className="flex items-center justify-between gap-3 border-border border-b bg-surface px-5 py-2 text-muted-foreground">
              This event is not in the list.
              <Button variant="outline" size="sm" onClick={() => onShowInLog(delivery)}>
                Show in the log
              </Button>
            </p>
          )}
          {delivery.endpoint.disabledAt && !delivery.endpoint.deleted && (
            <EnableAfterRetry delivery={delivery} />
          )}
          {unsettled && last && <ErrorSection attempt={last} endpoint={delivery.endpoint} />}
          {unsettled && last && !delivery.endpoint.deleted && <Repair delivery={delivery} />}
          {unsettled && <NextSteps delivery={delivery} />}
          <Properties delivery={delivery} />
          <Attempts delivery={delivery} />
          <Reasons delivery={delivery} />
          <Payload delivery={delivery} />
        </div>
      )}
    </>
  );
}

function SheetSkeleton() {
  return (
    <div role="status" aria-busy="true" aria-label="Loading the event" className="grid gap-3 p-5">
      <Skeleton className="h-5 w-48" />
      <Skeleton className="w-32" />
      {Array.from({ length: 6 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <Skeleton key={index} className="mt-2 w-full" />
      ))}
    </div>
  );
}
