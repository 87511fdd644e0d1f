"use client";

import { EllipsisVertical } from "lucide-react";
import dynamic from "next/dynamic";
import { Button } from "@/components/ui/button";
import { LoadOnUse } from "@/components/ui/load-on-use";
import type { EndpointOutput } from "@/lib/contract/endpoints";

const load = () => import("./opened-webhook-menu");
const OpenedWebhookMenu = dynamic(async () => (await load()).OpenedWebhookMenu);

/** The ⋮ menu of a webhook. */
export function WebhookMenu({
  endpoint,
  onDeleted,
  variant = "ghost",
}: {
  endpoint: EndpointOutput;
  onDeleted?: () => void;
  variant?: "ghost" | "outline";
}) {
  const button = (
    <Button size="icon" variant={variant} aria-label={`Actions for ${endpoint.name}`}>
      <EllipsisVertical aria-hidden="true" />
    </Button>
  );
  return (
    <LoadOnUse popup="menu" button={button} load={load}>
      <OpenedWebhookMenu endpoint={endpoint} onDeleted={onDeleted}>
        {button}
      </OpenedWebhookMenu>
    </LoadOnUse>
  );
}
