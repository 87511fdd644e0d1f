import { useNow } from "@/components/ui/use-now";
import { signatureWords } from "@/components/webhooks/signature/signature-words";
import type { EventTypeOutput } from "@/lib/contract/event-types";
import type { SignatureKind } from "@/lib/core/endpoints";
import { byHeaderPlace } from "@/lib/core/signatures";
import type { WebhookFormValues } from "./webhook-form-values";

/** The request that this webhook would get, changing with each choice. Ids and signature are placeholders. */
export function RequestPreview({
  values,
  storedHeaders,
  savedSignature,
  catalogue,
}: {
  values: WebhookFormValues;
  /** Names of headers whose values stay as they are. */
  storedHeaders: readonly string[];
  /** The kind until now, which signs beside another one for a time. */
  savedSignature: SignatureKind | undefined;
  catalogue: readonly EventTypeOutput[];
}) {
  const now = useNow(60_000);
  const url = URL.canParse(values.url.trim()) ? new URL(values.url.trim()) : null;
  const chosen = values.eventTypes?.length ? values.eventTypes : null;
  const sample = chosen === null ? catalogue[0] : catalogue.find((type) => chosen.includes(type.name));
  const type = sample?.name ?? chosen?.[0] ?? "invoice.created";
  const custom: [string, string][] =
    values.headers === null
      ? storedHeaders.map((name) => [name, "••••••"])
      : values.headers
          .filter((header) => header.name.trim() !== "")
          .map((header) => [header.name.trim(), header.value || "…"]);
  const kinds = [...new Set([values.signature, savedSignature ?? values.signature])].toSorted(byHeaderPlace);
  const headers: [string, string][] = [
    ["host", url?.host ?? "…"],
    ["content-type", "application/json"],
    ["webhook-id", "dlv_0192f0c1…"],
    ["webhook-timestamp", now ? String(Math.floor(now.getTime() / 1_000)) : "…"],
    ["webhook-signature", kinds.map((kind) => signatureWords[kind].example).join(" ")],
    ["posthorn-event-type", type],
    ["posthorn-attempt", "1"],
    ...custom,
  ];
  return (
    <div className="overflow-hidden rounded-lg border border-border bg-surface">
      <p className="border-border border-b px-3 py-2 font-medium text-muted-foreground text-xs">
        The request that will be sent
      </p>
      <section
        aria-label="The request that will be sent"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-[calc(100dvh-180px)] overflow-auto p-3 font-mono text-xs leading-5"
      >
        <p className="[overflow-wrap:anywhere]">
          <span className="text-link">POST</span> {url ? `${url.pathname}${url.search}` : "…"}
        </p>
        {headers.map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name being typed may stand there twice
          <p key={index} className="[overflow-wrap:anywhere]">
            <span className="text-muted-foreground">{name}:</span> {value}
          </p>
        ))}
        <pre className="mt-3 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {body(type, sample?.example, now)}
        </pre>
      </section>
    </div>
  );
}

function body(type: string, example: string | undefined, now: Date | null): string {
  const data = (example ?? "{}").split("\n").join("\n  ");
  return `{
  "id": "evt_0192f0c1…",
  "type": "${type}",
  "timestamp": "${now?.toISOString() ?? "…"}",
  "data": ${data}
}`;
}
