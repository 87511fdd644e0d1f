"use client";

import { Lock } from "lucide-react";
import { webhookPaths } from "@/components/data/webhook-paths";
import { PageHeader } from "@/components/shell/page-header";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { EmptyState } from "@/components/ui/empty-state";
import type { PrivateTargets } from "@/lib/core/delivery-limits";
import { WebhookForm } from "./webhook-form";

/** The page `/webhooks/new`. */
export function AddWebhook({ targets }: { targets: PrivateTargets }) {
  const { slug } = useWorkspace();
  const mayWrite = useCan("endpoints:write");
  return (
    <>
      <PageHeader title="Add a webhook" />
      {mayWrite ? (
        <WebhookForm targets={targets} cancelHref={webhookPaths.list(slug)} />
      ) : (
        <EmptyState
          icon={Lock}
          title="You can't add webhooks"
          description="Ask an owner of this workspace for access."
        />
      )}
    </>
  );
}
