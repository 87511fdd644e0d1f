"use client";

import { CirclePause, CirclePlay, EllipsisVertical, KeyRound, Pencil, Send, Trash2 } from "lucide-react";
import Link from "next/link";
import { lazy, Suspense, useState } from "react";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { LazyTestEventDialog } from "@/components/test-event/lazy-test-event-dialog";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { EndpointOutput } from "@/lib/endpoints/schemas";
import { useWebhookActions } from "./use-webhooks";
import { webhookPaths } from "./webhook-paths";

const DeleteWebhookDialog = lazy(async () => ({
  default: (await import("./delete-webhook-dialog")).DeleteWebhookDialog,
}));
const RotateTokenDialog = lazy(async () => ({
  default: (await import("./rotate-token-dialog")).RotateTokenDialog,
}));

/** The ⋮ menu of a webhook, with the dialogs that it opens. */
export function WebhookMenu({
  endpoint,
  onDeleted,
  variant = "ghost",
}: {
  endpoint: EndpointOutput;
  onDeleted?: () => void;
  variant?: "ghost" | "outline";
}) {
  const { slug } = useWorkspace();
  const { enable, disable } = useWebhookActions();
  const mayRotate = useCan("secrets:read") && endpoint.signature !== "jwt";
  const [dialog, setDialog] = useState<"test" | "rotate" | "delete" | null>(null);
  const disabled = endpoint.status === "disabled";
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant={variant} size="icon" aria-label={`Actions for ${endpoint.name}`}>
            <EllipsisVertical aria-hidden="true" />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem asChild>
            <Link href={webhookPaths.edit(slug, endpoint.id)}>
              <Pencil aria-hidden="true" />
              Edit
            </Link>
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setDialog("test")}>
            <Send aria-hidden="true" />
            Send test event
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => (disabled ? enable : disable).mutate(endpoint)}>
            {disabled ? <CirclePlay aria-hidden="true" /> : <CirclePause aria-hidden="true" />}
            {disabled ? "Enable" : "Disable"}
          </DropdownMenuItem>
          {mayRotate && (
            <DropdownMenuItem onSelect={() => setDialog("rotate")}>
              <KeyRound aria-hidden="true" />
              Rotate token
            </DropdownMenuItem>
          )}
          <DropdownMenuSeparator />
          <DropdownMenuItem variant="destructive" onSelect={() => setDialog("delete")}>
            <Trash2 aria-hidden="true" />
            Delete
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <LazyTestEventDialog
        endpoint={endpoint}
        open={dialog === "test"}
        onOpenChange={(open) => setDialog(open ? "test" : null)}
      />
      {dialog === "rotate" && (
        <Suspense>
          <RotateTokenDialog endpoint={endpoint} open onOpenChange={() => setDialog(null)} />
        </Suspense>
      )}
      {dialog === "delete" && (
        <Suspense>
          <DeleteWebhookDialog
            endpoint={endpoint}
            open
            onOpenChange={() => setDialog(null)}
            onDeleted={onDeleted}
          />
        </Suspense>
      )}
    </>
  );
}
