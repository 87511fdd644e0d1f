"use client";

import { useEventTypes } from "@/components/data/use-webhooks";
import { useCan } from "@/components/shell/use-workspace";
import { CodeBlock } from "@/components/ui/code-block";
import { formatJson } from "@/components/ui/format-json";
import { Spinner } from "@/components/ui/spinner";
import { useNow } from "@/components/ui/use-now";

/**
 * An empty log: for people who may publish, the command that publishes a first event, and a spinner until its row
 * appears.
 */
export function LogEmpty({ eventTypes }: { eventTypes: readonly string[] | null }) {
  const mayPublish = useCan("events:write");
  const mayMakeKeys = useCan("apiKeys:write");
  const catalogue = useEventTypes();
  const ready = useNow(60_000) !== null;
  const type = eventTypes?.[0] ?? catalogue.data?.[0]?.name ?? "invoice.created";
  const example = catalogue.data?.find((one) => one.name === type)?.example ?? '{"id":"1"}';
  const origin = ready ? window.location.origin : "";
  const body = formatJson(`{"type":${JSON.stringify(type)},"data":${example}}`).replaceAll("'", "'\\''");
  const command = `curl -X POST ${origin}/api/v1/events \\
  -H 'Authorization: Bearer phk_…' \\
  -H 'Content-Type: application/json' \\
  -d '${body}'`;
  return (
    <div className="grid grid-cols-1 gap-4 rounded-lg border border-border border-dashed p-6">
      <p role="status" className="flex items-center gap-2 font-medium text-base">
        <Spinner className="text-muted-foreground" />
        Waiting for the first event…
      </p>
      <p className="max-w-2xl text-muted-foreground">
        {mayPublish ? (
          <>
            Publish one with an API key {mayMakeKeys ? "of yours" : "that an owner gave you"} in place of{" "}
            <span className="font-mono text-xs">phk_…</span>, and it appears here.
          </>
        ) : (
          "It appears here as soon as it is published."
        )}{" "}
        To list tests, turn on <em className="not-italic text-foreground">Show tests</em>.
      </p>
      {mayPublish && <CodeBlock code={command} label="curl command" className="max-w-3xl" />}
    </div>
  );
}
