"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { deleteWebhook, useWebhookAction } from "./webhook-actions";

/** Asks before a webhook is deleted, and names what is lost with it. */
export function DeleteWebhookDialog({
  endpoint,
  onClose,
  onDeleted,
}: {
  endpoint: EndpointOutput;
  onClose: () => void;
  onDeleted?: () => void;
}) {
  const remove = useWebhookAction(deleteWebhook);
  return (
    <ConfirmDialog
      title={`Delete ${endpoint.name}?`}
      description={
        <div className="grid gap-2">
          <p className="break-all font-mono text-xs">{endpoint.url}</p>
          <p>This is lost for good:</p>
          <ul className="grid list-disc gap-1 pl-5">
            <li>its signature token, which cannot be recovered</li>
            <li>
              {endpoint.held > 0
                ? `${endpoint.held.toLocaleString("en")} held ${endpoint.held === 1 ? "event" : "events"}, which will not be sent`
                : "events that are waiting or being retried, which will not be sent"}
            </li>
          </ul>
          <p>Its log stays available. To stop it only for a while, disable it instead.</p>
        </div>
      }
      confirm="Delete webhook"
      pending={remove.isPending}
      error={remove.error?.message}
      onConfirm={() =>
        remove.mutate([endpoint], {
          onSuccess: () => {
            onClose();
            onDeleted?.();
          },
        })
      }
      onClose={onClose}
    />
  );
}
