"use client";

import { useState } from "react";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { countEvents } from "@/components/ui/count-events";
import { FieldError } from "@/components/ui/field";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { PaceField } from "./pace-field";
import { decideAboutHeld, useWebhookAction } from "./webhook-actions";

/** Asks before what is held is replayed, and at which pace, or before it is discarded. */
export function HeldDialog({
  endpoint,
  action,
  onClose,
}: {
  endpoint: EndpointOutput;
  action: "replay" | "discard";
  onClose: () => void;
}) {
  const decide = useWebhookAction(decideAboutHeld);
  const [pace, setPace] = useState<number | null>(null);
  const events = countEvents(endpoint.held);
  const replays = action === "replay";
  const ratePerSecond = replays && pace !== null ? { ratePerSecond: pace } : {};
  return (
    <AlertDialog open onOpenChange={(open) => !open && onClose()}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>{replays ? `Replay ${events}?` : `Discard ${events}?`}</AlertDialogTitle>
          <AlertDialogDescription>
            {replays
              ? `They are sent to ${endpoint.name}, oldest first, alongside new events.`
              : `They are not sent to ${endpoint.name}. They stay in the event log as discarded, and can still be retried there one by one.`}
          </AlertDialogDescription>
          {replays && (
            <div className="pt-2">
              <PaceField count={endpoint.held} pace={pace} onChange={setPace} />
            </div>
          )}
          <FieldError>{decide.error?.message}</FieldError>
        </AlertDialogHeader>
        <AlertDialogFooter>
          <AlertDialogCancel>Cancel</AlertDialogCancel>
          <Button
            variant={replays ? "default" : "destructive"}
            pending={decide.isPending}
            onClick={() => decide.mutate([endpoint, { action, ...ratePerSecond }], { onSuccess: onClose })}
          >
            {replays ? "Replay" : "Discard"} {events}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
