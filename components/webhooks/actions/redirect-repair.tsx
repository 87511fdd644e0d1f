"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, Send } from "lucide-react";
import { useState } from "react";
import { storeWebhook } from "@/components/data/use-webhooks";
import { useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FieldError } from "@/components/ui/field";
import { formatDuration } from "@/components/ui/format-time";
import { toast } from "@/components/ui/toast";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { AttemptOutput } from "@/lib/contract/deliveries";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { attemptErrorTexts } from "@/lib/core/deliveries";
import { isSuccess } from "@/lib/core/http-statuses";

/** The target of a redirect: testing that address, and using it as the webhook's. */
export function RedirectRepair({
  endpoint,
  attempt,
  type,
  target,
  mayWrite,
}: {
  endpoint: EndpointOutput;
  attempt: AttemptOutput;
  /** The event's type, whose example is sent as the test. */
  type: string;
  target: string;
  mayWrite: boolean;
}) {
  const { slug } = useWorkspace();
  const [asking, setAsking] = useState(false);
  const test = useMutation({
    mutationFn: () =>
      callApi("POST /endpoints/{id}/test", {
        workspace: slug,
        params: { id: endpoint.id },
        body: { type, url: target },
      }),
  });
  return (
    <>
      <p>
        {attempt.httpStatus} leads to <span className="break-all font-mono text-xs">{target}</span>
      </p>
      {mayWrite ? (
        <div className="flex flex-wrap gap-2">
          <Button variant="outline" size="sm" pending={test.isPending} onClick={() => test.mutate()}>
            {!test.isPending && <Send aria-hidden="true" />}
            Test that address
          </Button>
          <Button size="sm" onClick={() => setAsking(true)}>
            Use it
          </Button>
        </div>
      ) : (
        <p className="text-muted-foreground">
          Someone who can change webhooks can test that address and use it.
        </p>
      )}
      <div aria-live="polite" className="empty:hidden">
        {test.error && <FieldError>{test.error.message}</FieldError>}
        {test.data && <Answer attempt={test.data.attempt} />}
      </div>
      {asking && <UseDialog endpoint={endpoint} target={target} onClose={() => setAsking(false)} />}
    </>
  );
}

function Answer({ attempt: { httpStatus, error, errorDetail, durationMs } }: { attempt: AttemptOutput }) {
  const succeeded = isSuccess(httpStatus);
  const Icon = succeeded ? CircleCheck : CircleAlert;
  const words = httpStatus === null ? (errorDetail ?? (error && attemptErrorTexts[error].title)) : null;
  return (
    <p className={`flex items-start gap-2 ${succeeded ? "text-success" : "text-danger"}`}>
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      {words ?? `It answered ${httpStatus} in ${formatDuration(durationMs)}.`}
    </p>
  );
}

function UseDialog({
  endpoint,
  target,
  onClose,
}: {
  endpoint: EndpointOutput;
  target: string;
  onClose: () => void;
}) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: () =>
      callApi("PATCH /endpoints/{id}", {
        workspace: slug,
        params: { id: endpoint.id },
        body: { url: target },
        version: endpoint.version,
      }),
    onSuccess: (changed) => {
      storeWebhook(client, slug, changed);
      void client.invalidateQueries({ queryKey: queryKeys.endpoints(slug) });
      void client.invalidateQueries({ queryKey: queryKeys.deliveries(slug) });
      toast.success(`${changed.name} has a new URL`, {
        description: "Send the event again to try it there.",
      });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Change the URL of ${endpoint.name}?`}
      description={
        <div className="grid gap-2">
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
            <dt>From</dt>
            <dd className="break-all font-mono text-xs">{endpoint.url}</dd>
            <dt>To</dt>
            <dd className="break-all font-mono text-xs text-foreground">{target}</dd>
          </dl>
          <p>All events of this webhook are sent there from now on, signed with the same token.</p>
        </div>
      }
      confirm="Change the URL"
      destructive={false}
      pending={change.isPending}
      error={change.error?.message}
      onConfirm={() => change.mutate()}
      onClose={onClose}
    />
  );
}
