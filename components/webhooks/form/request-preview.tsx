import { formatJson } from "@/components/ui/format-json";
import { useNow } from "@/components/ui/use-now";
import { signatureTexts } from "@/components/webhooks/signature/signature-texts";
import type { EventTypeOutput } from "@/lib/contract/event-types";
import type { SignatureKind } from "@/lib/core/endpoints";
import { envelope } from "@/lib/core/envelope";
import { requestHeaders } from "@/lib/core/request-headers";
import { addSignature, byHeaderPlace } from "@/lib/core/signatures";
import type { WebhookFormValues } from "./webhook-form-values";

/**
 * The request that this webhook would get, updated with each choice and made by the same code as real requests. Ids,
 * signature and version are placeholders.
 */
export function RequestPreview({
  values,
  storedHeaders,
  savedSignature,
  catalogue,
}: {
  values: WebhookFormValues;
  /** Names of headers whose values stay unchanged. */
  storedHeaders: readonly string[];
  /** The previous kind, which signs beside another one for a time. */
  savedSignature: SignatureKind | undefined;
  catalogue: readonly EventTypeOutput[];
}) {
  const now = useNow(60_000);
  // Without a time, as on the server, only the first line is shown.
  const at = now ?? new Date(0);
  const url = URL.canParse(values.url.trim()) ? new URL(values.url.trim()) : null;
  const chosen = values.eventTypes?.length ? values.eventTypes : null;
  const sample = chosen === null ? catalogue[0] : catalogue.find((type) => chosen.includes(type.name));
  const type = sample?.name ?? chosen?.[0] ?? "invoice.created";
  const custom =
    values.headers === null
      ? storedHeaders.map((name) => [name.toLowerCase(), "••••••"])
      : values.headers
          .filter((header) => header.name.trim() !== "")
          .map((header) => [header.name.trim().toLowerCase(), header.value || "…"]);
  const kinds = [...new Set([values.signature, savedSignature ?? values.signature])].toSorted(byHeaderPlace);
  const headers = requestHeaders({
    id: "dlv_0192f0c1…",
    type,
    test: false,
    number: 1,
    timestamp: Math.floor(at.getTime() / 1_000),
    customHeaders: Object.fromEntries(custom),
    signatures: kinds.map((kind) => signatureTexts[kind].example).reduce(addSignature, {}),
    version: "…",
  });
  const body = envelope.write({
    id: "evt_0192f0c1…",
    type,
    timestamp: at,
    data: sample?.example ?? "{}",
  });
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
        {now &&
          Object.entries({ host: url?.host ?? "…", ...headers }).map(([name, value]) => (
            <p key={name} className="[overflow-wrap:anywhere]">
              <span className="text-muted-foreground">{name}:</span> {value}
            </p>
          ))}
        {now && <pre className="mt-3 whitespace-pre-wrap [overflow-wrap:anywhere]">{formatJson(body)}</pre>}
      </section>
    </div>
  );
}
