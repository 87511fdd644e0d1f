"use client";

import { useState } from "react";
import { PaceField } from "@/components/shell/pace-field";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { countEvents } from "@/components/ui/count-events";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { ExportFirst } from "./export-first";
import { decideAboutHeld, useWebhookAction } from "./webhook-actions";

/** Asks before held events are replayed, and at which pace, or before they are discarded. */
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
    <ConfirmDialog
      title={replays ? `Replay ${events}?` : `Discard ${events}?`}
      description={
        replays
          ? `They are sent to ${endpoint.name}, oldest first, alongside new events.`
          : `They are not sent to ${endpoint.name}. They stay in the event log as discarded, and can still be sent from there.`
      }
      confirm={`${replays ? "Replay" : "Discard"} ${events}`}
      destructive={!replays}
      pending={decide.isPending}
      error={decide.error?.message}
      onConfirm={() => decide.mutate([endpoint, { action, ...ratePerSecond }], { onSuccess: onClose })}
      onClose={onClose}
    >
      {replays ? (
        <div className="pt-2">
          <PaceField className="max-w-64" count={endpoint.held} pace={pace} onChange={setPace} />
        </div>
      ) : (
        <ExportFirst endpoint={endpoint} statuses={["held"]} />
      )}
    </ConfirmDialog>
  );
}
