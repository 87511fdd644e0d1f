"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useJobOf } from "@/components/data/use-jobs";
import { useCan } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { countEvents } from "@/components/ui/count-events";
import { describeHeldJob } from "@/components/webhooks/actions/held-messages";
import type { WebhookSwitch } from "@/components/webhooks/actions/use-webhook-switch";
import type { EndpointOutput } from "@/lib/contract/endpoints";

const HeldDialog = dynamic(
  async () => (await import("@/components/webhooks/actions/held-dialog")).HeldDialog,
  { ssr: false },
);

/**
 * "412 events held · Replay · Discard", until someone decides. For a disabled webhook a replay starts with enabling
 * it.
 */
export function HeldNotice({ endpoint, enabling }: { endpoint: EndpointOutput; enabling: WebhookSwitch }) {
  const mayWrite = useCan("endpoints:write");
  const job = useJobOf(endpoint.id);
  const [asked, setAsked] = useState<"replay" | "discard" | null>(null);
  const disabled = endpoint.status === "disabled";
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <p className="font-medium">{countEvents(endpoint.held)} held</p>
      {job && <p>{describeHeldJob(job)}</p>}
      {!job && !disabled && <p>They were left held when the webhook was enabled.</p>}
      {!job && mayWrite && (
        <span className="flex gap-2">
          <Button
            variant="outline"
            size="sm"
            onClick={() => (disabled ? enabling.start() : setAsked("replay"))}
          >
            Replay
          </Button>
          <Button variant="outline" size="sm" onClick={() => setAsked("discard")}>
            Discard
          </Button>
        </span>
      )}
      {asked && <HeldDialog endpoint={endpoint} action={asked} onClose={() => setAsked(null)} />}
    </div>
  );
}
