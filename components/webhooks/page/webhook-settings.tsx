"use client";

import { Pencil } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { webhookPaths } from "@/components/data/webhook-paths";
import { describeRetries } from "@/components/shell/describe-retries";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { AbsoluteTime } from "@/components/ui/time";
import { DeleteWebhookDialog } from "@/components/webhooks/actions/delete-webhook-dialog";
import { useWebhookSwitch } from "@/components/webhooks/actions/use-webhook-switch";
import { signatureTexts } from "@/components/webhooks/signature/signature-texts";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import type { RetryPolicy } from "@/lib/core/endpoints";
import { SignatureSettings } from "./signature-settings";

/** A webhook's settings, read-only, with a link to edit them. */
export function WebhookSettings({ endpoint }: { endpoint: EndpointOutput }) {
  const { slug } = useWorkspace();
  const mayWrite = useCan("endpoints:write");
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-8">
      <section className="grid grid-cols-1 gap-3">
        <div className="flex items-center justify-between gap-2">
          <h2 className="font-semibold text-base">Settings</h2>
          {mayWrite && (
            <Button variant="outline" size="sm" asChild>
              <Link href={webhookPaths.edit(slug, endpoint.id)}>
                <Pencil aria-hidden="true" />
                Edit
              </Link>
            </Button>
          )}
        </div>
        <dl className="grid grid-cols-[104px_minmax(0,1fr)] sm:grid-cols-[160px_minmax(0,1fr)] gap-x-4 gap-y-2 border-border border-t pt-3">
          <Row name="URL">
            <span className="break-all font-mono text-xs">{endpoint.url}</span>
          </Row>
          {endpoint.description && <Row name="Description">{endpoint.description}</Row>}
          <Row name="Events">
            {endpoint.eventTypes === null ? (
              "All events, including future ones"
            ) : (
              <ul className="flex flex-wrap gap-x-4 gap-y-0.5 font-mono text-xs">
                {endpoint.eventTypes.map((type) => (
                  <li key={type}>{type}</li>
                ))}
              </ul>
            )}
          </Row>
          <Row name="Custom headers">
            {endpoint.headers.length === 0 ? (
              <span className="text-muted-foreground">None</span>
            ) : (
              <ul className="font-mono text-xs">
                {endpoint.headers.map((name) => (
                  <li key={name}>
                    {name}: <span className="text-muted-foreground">••••••••</span>
                  </li>
                ))}
              </ul>
            )}
          </Row>
          <Row name="Signature">{signatureTexts[endpoint.signature].name}</Row>
          <Row name="Retries">{retryLabels(endpoint.retryPolicy)}</Row>
          <Row name="Rate limit">
            {endpoint.rateLimit === null ? (
              <span className="text-muted-foreground">None</span>
            ) : (
              `${endpoint.rateLimit.toLocaleString("en")} ${endpoint.rateLimit === 1 ? "event" : "events"} a second`
            )}
          </Row>
          <Row name="Id">
            <span className="inline-flex items-center gap-1">
              <span className="break-all font-mono text-xs">{endpoint.id}</span>
              <CopyButton
                value={endpoint.id}
                label="Copy the webhook's id"
                className="-my-1 text-muted-foreground"
              />
            </span>
          </Row>
          <Row name="Added">
            <AbsoluteTime value={endpoint.createdAt} day />
          </Row>
        </dl>
      </section>
      <SignatureSettings endpoint={endpoint} />
      {mayWrite && <DangerZone endpoint={endpoint} />}
    </div>
  );
}

function retryLabels(policy: RetryPolicy | null): ReactNode {
  if (policy === null) return "Workspace default";
  const { retries, retryOn } = policy;
  const count =
    retries === null
      ? "Until delivered"
      : retries === 1
        ? "1 retry"
        : `${retries === 0 ? "No" : retries} retries`;
  return (
    <>
      {count}
      {retries !== 0 && (
        <span className="block text-muted-foreground text-xs">
          {retryOn === "5xx" ? "After a 5xx or no response, in " : "After any failure, in "}
          {describeRetries(retries)}
        </span>
      )}
    </>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function DangerZone({ endpoint }: { endpoint: EndpointOutput }) {
  const { slug } = useWorkspace();
  const router = useRouter();
  const { start, pending, dialog } = useWebhookSwitch(endpoint);
  const [deleting, setDeleting] = useState(false);
  const disabled = endpoint.status === "disabled";
  return (
    <section className="grid grid-cols-1 gap-3">
      <h2 className="font-semibold text-base">Danger zone</h2>
      <div className="divide-y divide-border rounded-lg border border-border">
        <div className="flex flex-wrap items-center gap-3 px-4 py-3">
          <p className="min-w-56 flex-1 text-muted-foreground">
            {disabled
              ? "When you enable it, you choose what happens to held events."
              : "When you disable it, you choose whether its events are held."}
          </p>
          <Button variant="outline" pending={pending} onClick={start}>
            {disabled ? "Enable webhook" : "Disable webhook"}
          </Button>
        </div>
        <div className="flex flex-wrap items-center gap-3 px-4 py-3">
          <p className="min-w-56 flex-1 text-muted-foreground">
            This can't be undone. Its log stays available.
          </p>
          <Button variant="destructive" onClick={() => setDeleting(true)}>
            Delete webhook
          </Button>
        </div>
      </div>
      {dialog}
      {deleting && (
        <DeleteWebhookDialog
          endpoint={endpoint}
          onClose={() => setDeleting(false)}
          onDeleted={() => router.push(webhookPaths.list(slug))}
        />
      )}
    </section>
  );
}
