"use client";

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
import { FieldError } from "@/components/ui/field";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { deleteWebhook, useWebhookAction } from "./webhook-actions";

/** Asks before a webhook is deleted, and names what is lost with it. */
export function DeleteWebhookDialog({
  endpoint,
  open,
  onOpenChange,
  onDeleted,
}: {
  endpoint: EndpointOutput;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDeleted?: () => void;
}) {
  const remove = useWebhookAction(deleteWebhook);
  return (
    <AlertDialog open={open} onOpenChange={onOpenChange}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>Delete {endpoint.name}?</AlertDialogTitle>
          <AlertDialogDescription asChild>
            <div className="grid gap-2">
              <p className="break-all font-mono text-xs">{endpoint.url}</p>
              <p>This is lost for good:</p>
              <ul className="grid list-disc gap-1 pl-5">
                <li>its signature token, which cannot be recovered</li>
                <li>
                  {endpoint.held > 0
                    ? `${endpoint.held.toLocaleString("en")} held ${endpoint.held === 1 ? "event" : "events"}, which will not be sent`
                    : "events still waiting or being retried, which will not be sent"}
                </li>
              </ul>
              <p>Its log stays available. To stop it for a while, disable it instead.</p>
            </div>
          </AlertDialogDescription>
          <FieldError>{remove.error?.message}</FieldError>
        </AlertDialogHeader>
        <AlertDialogFooter>
          <AlertDialogCancel>Cancel</AlertDialogCancel>
          <Button
            variant="destructive"
            pending={remove.isPending}
            onClick={() =>
              remove.mutate([endpoint], {
                onSuccess: () => {
                  onOpenChange(false);
                  onDeleted?.();
                },
              })
            }
          >
            Delete webhook
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
