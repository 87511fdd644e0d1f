"use client";

import { Lock } from "lucide-react";
import { useWebhook } from "@/components/data/use-webhooks";
import { webhookPaths } from "@/components/data/webhook-paths";
import { PageHeader } from "@/components/shell/page-header";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useReadError } from "@/components/ui/use-read-error";
import { WebhookMissing } from "@/components/webhooks/webhook-missing";
import type { PrivateTargets } from "@/lib/core/delivery-limits";
import { WebhookForm } from "./webhook-form";

/** The page `/webhooks/[id]/edit`. */
export function EditWebhook({ id, targets }: { id: string; targets: PrivateTargets }) {
  const { slug } = useWorkspace();
  const mayWrite = useCan("endpoints:write");
  const query = useWebhook(id);
  const { data: endpoint, isFetching, refetch } = query;
  const error = useReadError(query);
  return (
    <>
      <PageHeader title={endpoint ? `Edit ${endpoint.name}` : "Edit"} />
      {!mayWrite ? (
        <EmptyState
          icon={Lock}
          title="You can't change webhooks"
          description="Ask an owner of this workspace for access."
        />
      ) : endpoint ? (
        <WebhookForm
          key={endpoint.id}
          endpoint={endpoint}
          targets={targets}
          cancelHref={webhookPaths.show(slug, id)}
        />
      ) : error ? (
        <WebhookMissing error={error} retrying={isFetching} onRetry={() => void refetch()} />
      ) : (
        <div role="status" aria-label="Loading the webhook" className="grid max-w-2xl gap-4">
          <Skeleton className="h-8" />
          <Skeleton className="h-8" />
          <Skeleton className="h-40" />
        </div>
      )}
    </>
  );
}
