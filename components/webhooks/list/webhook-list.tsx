"use client";

import { Plus, Webhook } from "lucide-react";
import Link from "next/link";
import { useWebhooks } from "@/components/data/use-webhooks";
import { webhookPaths } from "@/components/data/webhook-paths";
import { PageHeader } from "@/components/shell/page-header";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useMinWidth } from "@/components/ui/use-min-width";
import { useReadError } from "@/components/ui/use-read-error";
import { LimitReached } from "@/components/webhooks/limit-reached";
import { useSettledOrder } from "./use-settled-order";
import { WebhookCards } from "./webhook-cards";
import { WebhookTable } from "./webhook-table";

/** The page Developers › Webhooks. */
export function WebhookList() {
  const { slug } = useWorkspace();
  const mayWrite = useCan("endpoints:write");
  const list = useWebhooks();
  const failure = useReadError(list);
  const roomy = useMinWidth(900);
  const { endpoints, pointing } = useSettledOrder(list.data?.data ?? []);
  const count = endpoints.length;
  const full = list.data !== undefined && count >= list.data.limit;
  const hint = !mayWrite ? (
    "Only owners and developers of this workspace can add and change webhooks."
  ) : full ? (
    <LimitReached limit={list.data.limit} />
  ) : undefined;

  const add = (
    <Button asChild>
      <Link href={webhookPaths.add(slug)}>
        <Plus aria-hidden="true" />
        Add a webhook
      </Link>
    </Button>
  );

  return (
    <>
      <PageHeader
        title={
          <span className="flex items-baseline gap-2">
            Webhooks
            {list.data && (
              <span className="font-normal text-muted-foreground text-sm tracking-normal">
                {count} of {list.data.limit}
              </span>
            )}
          </span>
        }
        description={hint}
        actions={mayWrite && !full && count > 0 && add}
      />
      {list.isPending && !failure && <WebhookListSkeleton />}
      {failure && (
        <ErrorState
          title="The webhooks could not be loaded"
          error={failure}
          onRetry={() => void list.refetch()}
          retrying={list.isFetching}
        />
      )}
      {list.data && count === 0 && (
        <EmptyState
          icon={Webhook}
          title="No webhooks yet"
          description={`A webhook is a URL of yours that gets a signed request for each event you choose.${mayWrite ? " Add one, then send it a test event." : ""}`}
          action={mayWrite && add}
        />
      )}
      {count > 0 && (
        <div {...pointing}>
          {roomy ? <WebhookTable endpoints={endpoints} /> : <WebhookCards endpoints={endpoints} />}
        </div>
      )}
    </>
  );
}

/** Placeholder for the rows while they load. */
function WebhookListSkeleton() {
  return (
    <div
      role="status"
      aria-busy="true"
      aria-label="Loading the webhooks"
      className="rounded-lg min-[900px]:border min-[900px]:border-border max-[899px]:grid max-[899px]:grid-cols-1 max-[899px]:gap-3"
    >
      <div className="h-8 border-border border-b bg-surface max-[899px]:hidden" />
      {Array.from({ length: 3 }, (_, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
          key={index}
          className="flex h-14 items-center gap-6 border-border px-3 max-[899px]:h-40 max-[899px]:rounded-lg max-[899px]:border min-[900px]:border-b min-[900px]:last:border-b-0"
        >
          <Skeleton className="w-20" />
          <div className="grid flex-1 gap-1.5">
            <Skeleton className="h-3.5 w-40 max-w-full" />
            <Skeleton className="h-3 w-72 max-w-full" />
          </div>
          <Skeleton className="w-28 max-sm:hidden" />
          <Skeleton className="h-6 w-40 max-lg:hidden" />
        </div>
      ))}
    </div>
  );
}
