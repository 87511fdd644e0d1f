"use client";

import { Gauge, Lock } from "lucide-react";
import Link from "next/link";
import { useState, useSyncExternalStore } from "react";
import { useWebhooks } from "@/components/data/use-webhooks";
import { webhookPaths } from "@/components/data/webhook-paths";
import { draftKey, readDraft } from "@/components/shell/drafts";
import { PageHeader } from "@/components/shell/page-header";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LimitReached } from "@/components/webhooks/limit-reached";
import type { PrivateTargets } from "@/lib/core/delivery-limits";
import { newWebhookForm, WebhookForm } from "./webhook-form";

/** The page `/webhooks/new`. */
export function AddWebhook({ targets }: { targets: PrivateTargets }) {
  const mayWrite = useCan("endpoints:write");
  return (
    <>
      <PageHeader title="Add a webhook" />
      {mayWrite ? (
        <FormWithinLimit targets={targets} />
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

/**
 * The form, unless the workspace has as many webhooks as it may. A form that is open stays if the limit is reached
 * meanwhile.
 */
function FormWithinLimit({ targets }: { targets: PrivateTargets }) {
  const { slug, userId } = useWorkspace();
  const { data } = useWebhooks();
  const full = data !== undefined && data.data.length >= data.limit;
  const [begun, setBegun] = useState(!full);
  if (!full && !begun) setBegun(true);
  const hasDraft = useSyncExternalStore(
    () => () => {},
    () => readDraft(draftKey(userId, slug, newWebhookForm)) !== null,
    () => false,
  );
  if (!begun)
    return (
      <EmptyState
        icon={Gauge}
        title="The limit of webhooks is reached"
        description={
          <>
            <p>
              <LimitReached limit={data?.limit ?? 0} />
            </p>
            {hasDraft && <p>What you have filled in here is kept in this tab.</p>}
          </>
        }
        action={
          <Button variant="outline" asChild>
            <Link href={webhookPaths.list(slug)}>Show the webhooks</Link>
          </Button>
        }
      />
    );
  return (
    <div className="grid grid-cols-1 gap-4">
      {full && (
        <p role="status" className="rounded-md bg-warning-soft px-3 py-2">
          <LimitReached limit={data.limit} /> What you have filled in is kept in this tab.
        </p>
      )}
      <WebhookForm targets={targets} cancelHref={webhookPaths.list(slug)} />
    </div>
  );
}
