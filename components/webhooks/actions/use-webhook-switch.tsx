"use client";

import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { useWorkspace } from "@/components/shell/use-workspace";
import { toastError } from "@/components/ui/toast";
import type { EndpointOutput } from "@/lib/contract/endpoints";

const DisableDialog = dynamic(async () => (await import("./disable-dialog")).DisableDialog, { ssr: false });
const EnableDialog = dynamic(async () => (await import("./enable-dialog")).EnableDialog, { ssr: false });

export type WebhookSwitch = {
  /** Enables a disabled webhook, and vice versa; asks first if there is something to decide. */
  start: () => void;
  pending: boolean;
  /** To be rendered beside the control that starts it. */
  dialog: ReactNode;
};

/** Enables and disables a webhook. If nothing is held it is enabled at once, without a dialog. */
export function useWebhookSwitch(endpoint: EndpointOutput): WebhookSwitch {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const [pending, setPending] = useState(false);
  const [asked, setAsked] = useState<"enable" | "disable" | null>(null);
  const disabled = endpoint.status === "disabled";
  const close = () => setAsked(null);

  async function enableAtOnce(): Promise<void> {
    setPending(true);
    const { enableWebhook } = await import("./webhook-actions");
    await enableWebhook({ client, workspace: slug }, endpoint, {}).catch(toastError);
    setPending(false);
  }

  return {
    start: () => {
      if (disabled && endpoint.held === 0) void enableAtOnce();
      else setAsked(disabled ? "enable" : "disable");
    },
    pending,
    dialog:
      asked &&
      (asked === "enable" ? (
        <EnableDialog endpoint={endpoint} onClose={close} />
      ) : (
        <DisableDialog endpoint={endpoint} onClose={close} />
      )),
  };
}
