"use client";

import { CirclePause, CirclePlay, KeyRound, Pencil, Send, Trash2 } from "lucide-react";
import Link from "next/link";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { LazyTestEventDialog } from "@/components/webhooks/test-event/lazy-test-event-dialog";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { signatureForms } from "@/lib/core/signatures";
import { useWebhookSwitch } from "./use-webhook-switch";

const DeleteWebhookDialog = lazy(async () => ({
  default: (await import("./delete-webhook-dialog")).DeleteWebhookDialog,
}));
const RotateTokenDialog = lazy(async () => ({
  default: (await import("@/components/webhooks/signature/rotate-token-dialog")).RotateTokenDialog,
}));

/** The ⋮ menu of a webhook, open, with the dialogs that it leads to. `children` is its button. */
export function OpenedWebhookMenu({
  endpoint,
  onDeleted,
  children,
}: {
  endpoint: EndpointOutput;
  onDeleted?: () => void;
  children: ReactNode;
}) {
  const { slug } = useWorkspace();
  const { start, dialog: switchDialog } = useWebhookSwitch(endpoint);
  const [dialog, setDialog] = useState<"test" | "rotate" | "delete" | null>(null);
  const mayRotate = useCan("secrets:read") && signatureForms[endpoint.signature].secret !== null;
  const disabled = endpoint.status === "disabled";
  return (
    <>
      <DropdownMenu defaultOpen>
        <DropdownMenuTrigger asChild>{children}</DropdownMenuTrigger>
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
          <DropdownMenuItem onSelect={start}>
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
        onEnable={
          disabled
            ? () => {
                setDialog(null);
                start();
              }
            : undefined
        }
      />
      {switchDialog}
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
