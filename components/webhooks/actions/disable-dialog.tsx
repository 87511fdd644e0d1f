"use client";

import { useState } from "react";
import { useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { FieldError } from "@/components/ui/field";
import { formatDate } from "@/components/ui/format-time";
import { RadioGroup } from "@/components/ui/radio-group";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { Choice } from "./choice";
import { ExportFirst } from "./export-first";
import { daysFrom } from "./held-messages";
import { disableWebhook, useWebhookAction } from "./webhook-actions";

/** Asks what happens to a webhook's events while it is disabled. */
export function DisableDialog({ endpoint, onClose }: { endpoint: EndpointOutput; onClose: () => void }) {
  const { retentionDays } = useWorkspace();
  const disable = useWebhookAction(disableWebhook);
  const [choice, setChoice] = useState("hold");
  const [now] = useState(() => new Date());
  const keeps = choice === "hold";
  const waits = endpoint.waiting !== null || endpoint.held > 0;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="sm:max-w-lg">
        <DialogHeader>
          <DialogTitle>Disable {endpoint.name}?</DialogTitle>
          <DialogDescription>
            Nothing is sent automatically until it is enabled again. You can still send tests, and single
            events by hand.
          </DialogDescription>
        </DialogHeader>
        <DialogBody>
          <RadioGroup aria-label="Events while it is disabled" value={choice} onValueChange={setChoice}>
            <Choice
              value="hold"
              label={`Hold events (kept until ${formatDate(daysFrom(now, retentionDays), now)})`}
            >
              Waiting and new events are held. You can replay or discard them when you enable the webhook.
            </Choice>
            <Choice
              value="drop"
              label="Don't keep them"
              extra={
                !keeps &&
                waits && (
                  <ExportFirst
                    endpoint={endpoint}
                    statuses={["pending", "held"]}
                    label="Export waiting events first"
                  />
                )
              }
            >
              Waiting and new events are discarded. They stay in the event log.
            </Choice>
          </RadioGroup>
          <FieldError>{disable.error?.message}</FieldError>
        </DialogBody>
        <DialogFooter onCancel={onClose}>
          <Button
            variant={keeps ? "default" : "destructive"}
            pending={disable.isPending}
            onClick={() => disable.mutate([endpoint, { keepEvents: keeps }], { onSuccess: onClose })}
          >
            {keeps ? "Disable webhook" : "Disable and discard its events"}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
