"use client";

import { EllipsisVertical } from "lucide-react";
import { type ComponentProps, lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { StandInTrigger } from "@/components/ui/lazy-overlay";
import type { EndpointOutput } from "@/lib/contract/endpoints";

/** Radix's menu comes along, so that the one does not wait for the other. */
const load = () => {
  void import("radix-ui/dropdown-menu");
  return import("./opened-webhook-menu");
};
const OpenedWebhookMenu = lazy(async () => ({ default: (await load()).OpenedWebhookMenu }));

type WebhookMenuProps = {
  endpoint: EndpointOutput;
  onDeleted?: () => void;
  variant?: "ghost" | "outline";
};

/** The ⋮ menu of a webhook; what it offers loads when it is first used, as a list has many and most are never opened. */
export function WebhookMenu({ variant = "ghost", ...props }: WebhookMenuProps) {
  const [used, setUsed] = useState(false);
  const button = <WebhookMenuButton endpoint={props.endpoint} variant={variant} />;
  if (!used) {
    return (
      <StandInTrigger
        asChild
        popup="menu"
        opening={{ preload: () => void load(), start: () => setUsed(true) }}
      >
        {button}
      </StandInTrigger>
    );
  }
  return (
    <Suspense fallback={button}>
      <OpenedWebhookMenu {...props}>{button}</OpenedWebhookMenu>
    </Suspense>
  );
}

function WebhookMenuButton({
  endpoint,
  ...props
}: ComponentProps<typeof Button> & Pick<WebhookMenuProps, "endpoint">) {
  return (
    <Button size="icon" aria-label={`Actions for ${endpoint.name}`} {...props}>
      <EllipsisVertical aria-hidden="true" />
    </Button>
  );
}
