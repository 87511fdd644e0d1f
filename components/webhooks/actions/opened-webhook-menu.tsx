"use client";

import { CirclePause, CirclePlay, KeyRound, Pencil, Send, Trash2, Zap } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { describeWaitingShortly } from "@/components/data/describe-waiting";
import { useTryNow } from "@/components/data/use-try-now";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { useNow } from "@/components/ui/use-now";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { signatureForms } from "@/lib/core/signatures";
import { useOffer } from "./use-offer";
import { useWebhookSwitch } from "./use-webhook-switch";

const TestEventDialog = dynamic(
  async () => (await import("@/components/webhooks/test-event/test-event-dialog")).TestEventDialog,
  { ssr: false },
);
const DeleteWebhookDialog = dynamic(
  async () => (await import("./delete-webhook-dialog")).DeleteWebhookDialog,
  { ssr: false },
);
const RotateTokenDialog = dynamic(
  async () => (await import("@/components/webhooks/signature/rotate-token-dialog")).RotateTokenDialog,
  { ssr: false },
);

/** The opened ⋮ menu of a webhook, with the dialogs that it opens. `children` is its button. */
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
  const { start, pending, dialog: switchDialog } = useWebhookSwitch(endpoint);
  const trying = useTryNow(endpoint);
  const now = useNow();
  const offer = useOffer(endpoint, { start, pending });
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
          {trying.possible && (
            <DropdownMenuItem onSelect={trying.start}>
              <Zap aria-hidden="true" />
              <span className="grid">
                Try now
                <span className="text-muted-foreground text-xs">
                  {describeWaitingShortly(endpoint.waiting, now)}
                </span>
              </span>
            </DropdownMenuItem>
          )}
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
      {dialog === "test" && (
        <TestEventDialog endpoint={endpoint} onClose={() => setDialog(null)} offer={offer} />
      )}
      {switchDialog}
      {dialog === "rotate" && (
        <RotateTokenDialog endpoint={endpoint} open onOpenChange={() => setDialog(null)} />
      )}
      {dialog === "delete" && (
        <DeleteWebhookDialog endpoint={endpoint} onClose={() => setDialog(null)} onDeleted={onDeleted} />
      )}
    </>
  );
}
