"use client";

import { SearchX } from "lucide-react";
import type { ComponentType } from "react";
import { useWorkspace } from "@/components/shell/use-workspace";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet, SheetContent, SheetTitle } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { useMinWidth } from "@/components/ui/use-min-width";
import { useReadError } from "@/components/ui/use-read-error";
import { ApiError } from "@/lib/api-client/api-error";
import type { DeliveryDetailOutput } from "@/lib/contract/deliveries";
import { Attempts } from "./attempts";
import { DockedPanel } from "./docked-panel";
import { ErrorSection } from "./error-section";
import { NextSteps } from "./next-steps";
import { Payload } from "./payload";
import { Properties } from "./properties";
import { Reasons } from "./reasons";
import { EventSheetHeader, type SheetNavigation } from "./sheet-header";
import { useDelivery } from "./use-delivery";

export type EventSheetProps = SheetNavigation & {
  id: string;
  onRetry: (id: string) => void;
  failure: { id: string; message: string } | null;
  /** Asks whether to enable the delivery's webhook, which is disabled, if it has answered a retry since. */
  EnableAfterRetry: ComponentType<{ delivery: DeliveryDetailOutput }>;
  /** What can be done about the cause of a failure, at the webhook. */
  Repair: ComponentType<{ delivery: DeliveryDetailOutput }>;
};

/** One delivery in full: docked beside the log with room for it, else over it. */
export function EventSheet(props: EventSheetProps) {
  const docked = useMinWidth(1_280);
  if (docked) {
    return (
      <DockedPanel label="Event">
        <EventSheetContent {...props} />
      </DockedPanel>
    );
  }
  return (
    <Sheet open onOpenChange={(open) => !open && props.onOpen(null)}>
      <SheetContent hideClose data-event-sheet="" aria-describedby={undefined}>
        <SheetTitle className="sr-only">Event</SheetTitle>
        <EventSheetContent {...props} />
      </SheetContent>
    </Sheet>
  );
}

function EventSheetContent({
  id,
  onRetry,
  failure,
  EnableAfterRetry,
  Repair,
  ...navigation
}: EventSheetProps) {
  const { name } = useWorkspace();
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
      {readError && (
        <div className="p-5">
          {readError instanceof ApiError && readError.status === 404 ? (
            <EmptyState
              icon={SearchX}
              title="Event not found"
              description={`It may be older than the log, or not belong to ${name}.`}
            />
          ) : (
            <ErrorState
              title="The event could not be loaded"
              error={readError}
              onRetry={() => void query.refetch()}
              retrying={query.isFetching}
            />
          )}
        </div>
      )}
      {delivery && (
        <div key={delivery.id} data-live="">
          {delivery.endpoint.disabledAt && !delivery.endpoint.deleted && (
            <EnableAfterRetry delivery={delivery} />
          )}
          {unsettled && last && <ErrorSection attempt={last} />}
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
