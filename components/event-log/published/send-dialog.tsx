"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useWebhooks } from "@/components/data/use-webhooks";
import { useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { DialogFooter } from "@/components/ui/dialog-footer";
import { FieldError } from "@/components/ui/field";
import { Label } from "@/components/ui/label";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import type { EventDetailOutput } from "@/lib/contract/events";

/** Sends a published event to a webhook that did not get it, and says beforehand what that webhook does with it. */
export function SendDialog({ event, onClose }: { event: EventDetailOutput; onClose: () => void }) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const list = useWebhooks();
  const selectId = useId();
  const [chosen, setChosen] = useState<string>();
  const has = new Set(event.deliveryLog.map(({ endpointId }) => endpointId));
  const webhooks = list.data?.data.filter(({ id }) => !has.has(id)) ?? [];
  const webhook =
    webhooks.find(({ id }) => id === chosen) ?? (webhooks.length === 1 ? webhooks[0] : undefined);
  const effect = webhook && describeEffect(webhook, event.type);
  const send = useMutation({
    mutationFn: (endpointId: string) =>
      callApi("POST /events/{id}/deliveries", {
        workspace: slug,
        params: { id: event.id },
        body: { endpointId },
      }),
    onSuccess: (delivery) => {
      void client.invalidateQueries({ queryKey: queryKeys.events(slug) });
      void client.invalidateQueries({ queryKey: queryKeys.deliveries(slug) });
      if (delivery.status === "held")
        toast.success("The event is held", { description: "It will be sent when the webhook is enabled." });
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Send to a webhook</DialogTitle>
          <DialogDescription>
            The webhook gets the event as it was published, newly signed, and retried like any other.
          </DialogDescription>
        </DialogHeader>
        <DialogBody>
          {list.data && webhooks.length === 0 ? (
            <p className="text-muted-foreground">
              {list.data.data.length === 0
                ? "There are no webhooks yet."
                : "Every webhook has this event already. To send it again, open its delivery."}
            </p>
          ) : (
            <div className="grid grid-cols-1 gap-1.5">
              <Label htmlFor={selectId}>Webhook</Label>
              <Select value={webhook?.id ?? ""} onValueChange={setChosen}>
                <SelectTrigger id={selectId} className="w-full min-w-0">
                  <SelectValue placeholder="Choose a webhook" />
                </SelectTrigger>
                <SelectContent>
                  {webhooks.map(({ id, name }) => (
                    <SelectItem key={id} value={id}>
                      {name}
                    </SelectItem>
                  ))}
                </SelectContent>
              </Select>
              {webhook && <p className="break-all font-mono text-muted-foreground text-xs">{webhook.url}</p>}
              {effect && <p className="text-muted-foreground">{effect}</p>}
            </div>
          )}
          <FieldError>{send.error?.message}</FieldError>
        </DialogBody>
        <DialogFooter onCancel={onClose}>
          <Button
            disabled={!webhook || keepsNothing(webhook)}
            pending={send.isPending}
            onClick={() => webhook && send.mutate(webhook.id)}
          >
            Send
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

const keepsNothing = ({ status, discardsWhileDisabled }: EndpointOutput) =>
  status === "disabled" && discardsWhileDisabled;

function describeEffect(webhook: EndpointOutput, type: string): string | null {
  if (keepsNothing(webhook)) return "It is disabled and does not keep events. Enable it first.";
  if (webhook.status === "disabled") return "It is disabled. The event is held until it is enabled.";
  if (webhook.consecutiveFailures > 0) return "It is failing. The event may wait until it answers again.";
  if (webhook.eventTypes && !webhook.eventTypes.includes(type))
    return `It does not subscribe to ${type}, and only gets this one event.`;
  return null;
}
