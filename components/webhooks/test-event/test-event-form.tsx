"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useEffect, useState } from "react";
import { useEventTypes } from "@/components/data/use-webhooks";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { FormField } from "@/components/ui/field";
import { formatJson } from "@/components/ui/format-json";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { AnsweredOffer, type Offer } from "@/components/webhooks/answered-offer";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { isSuccess } from "@/lib/core/http-statuses";
import { JsonEditor } from "./json-editor";
import { parseJsonObject } from "./parse-json-object";
import { TestResult } from "./test-result";
import { useTestDraft } from "./use-test-draft";

type Props = {
  endpoint: Pick<EndpointOutput, "id" | "eventTypes">;
  onLeave: () => void;
  /** Returns to the previous content of the same dialog. */
  onBack?: () => void;
  /** What follows a 2xx. */
  offer?: Omit<Offer, "accept"> & { accept: (httpStatus: number) => void };
};

/** Type and data of a test event, and below them its answer. */
export function TestEventForm(props: Props) {
  const catalogue = useEventTypes();
  if (catalogue.data) {
    const examples = new Map(catalogue.data.map(({ name, example }) => [name, example]));
    const types = props.endpoint.eventTypes ?? [...examples.keys()].toSorted();
    return <Form {...props} types={types} exampleOf={(type) => formatJson(examples.get(type) ?? "{}")} />;
  }
  return (
    <DialogBody>
      {catalogue.isError ? (
        <ErrorState
          title="The event types could not be loaded"
          error={catalogue.error}
          onRetry={() => void catalogue.refetch()}
          retrying={catalogue.isFetching}
        />
      ) : (
        <div role="status" aria-label="Loading the event types" className="grid gap-4">
          <Skeleton className="h-8" />
          <Skeleton className="h-32" />
        </div>
      )}
    </DialogBody>
  );
}

function Form({
  endpoint,
  types,
  exampleOf,
  onLeave,
  onBack,
  offer,
}: Props & { types: readonly string[]; exampleOf: (type: string) => string }) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const draft = useTestDraft(endpoint.id, types);
  const [type, setType] = useState(draft.kept?.type ?? types[0] ?? "");
  const [text, setText] = useState(() => draft.kept?.text ?? exampleOf(type));
  const parsed = parseJsonObject(text);
  const edited = text !== exampleOf(type);
  const { keep } = draft;
  useEffect(() => keep(edited ? { type, text } : null), [keep, edited, type, text]);

  const send = useMutation({
    mutationFn: () =>
      callApi("POST /endpoints/{id}/test", {
        workspace: slug,
        params: { id: endpoint.id },
        body: { type, ...(edited && parsed.ok ? { data: parsed.value } : {}) },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.deliveries(slug) }),
  });
  /** An answer belongs to what was sent: it is removed with the first change. */
  const change = (next: string) => {
    setText(next);
    send.reset();
  };
  const status = send.isPending ? null : (send.data?.attempt.httpStatus ?? null);
  const accepted = isSuccess(status) ? status : null;

  if (types.length === 0) {
    return (
      <DialogBody>
        <p className="text-muted-foreground">
          No event types yet. Publish an event, and its type appears in the catalogue.
        </p>
      </DialogBody>
    );
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (parsed.ok && !send.isPending) send.mutate();
      }}
    >
      <DialogBody>
        {draft.kept && edited && (
          <p role="status" className="text-muted-foreground">
            Your unsaved changes were restored.
          </p>
        )}
        <FormField label="Event type">
          {(field) => (
            <Select
              value={type}
              onValueChange={(next) => {
                setType(next);
                change(exampleOf(next));
              }}
            >
              <SelectTrigger {...field} className="font-mono text-xs">
                <SelectValue />
              </SelectTrigger>
              <SelectContent>
                {types.map((name) => (
                  <SelectItem key={name} value={name} className="font-mono text-xs">
                    {name}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
          )}
        </FormField>
        <FormField label="Data" error={parsed.ok ? undefined : `Line ${parsed.line}: ${parsed.message}`}>
          {(field) => (
            <JsonEditor
              {...field}
              value={text}
              errorLine={parsed.ok ? null : parsed.line}
              disabled={send.isPending}
              onChange={change}
            />
          )}
        </FormField>
        <TestResult
          pending={send.isPending}
          error={send.error}
          result={send.data}
          logHref={({ deliveryId }) => webhookPaths.delivery(slug, endpoint.id, deliveryId, true)}
          onLeave={onLeave}
        />
        {offer && accepted !== null && (
          <AnsweredOffer httpStatus={accepted} offer={{ ...offer, accept: () => offer.accept(accepted) }} />
        )}
      </DialogBody>
      <DialogFooter className="sticky bottom-0 bg-popover">
        {onBack && (
          <Button variant="ghost" className="sm:mr-auto" onClick={onBack}>
            Back
          </Button>
        )}
        {edited && (
          <Button variant="ghost" className="sm:mr-auto" onClick={() => change(exampleOf(type))}>
            Reset to the example
          </Button>
        )}
        <Button
          type="submit"
          variant={offer && accepted !== null ? "outline" : "default"}
          pending={send.isPending}
          disabled={!parsed.ok}
        >
          {!send.isPending && <Send aria-hidden="true" />}
          Send test event
        </Button>
      </DialogFooter>
    </form>
  );
}
