import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

const attribute = z.object({
  key: z.string(),
  value: z.looseObject({}).transform((value) => Object.values(value)[0]),
});
const attributes = z
  .array(attribute)
  .transform((list) => Object.fromEntries(list.map(({ key, value }) => [key, value])));

/** A span as OTLP has it in JSON (opentelemetry-proto, `trace.proto`); `kind` 2 is a server's, 3 a client's; `code` 2 an error. */
const otlpSpan = z.object({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  startTimeUnixNano: z.string().regex(/^\d+$/),
  endTimeUnixNano: z.string().regex(/^\d+$/),
  attributes,
  status: z.object({ code: z.number() }),
});
const otlpRequest = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(z.object({ spans: z.array(otlpSpan) })),
    }),
  ),
});

export type CollectedSpan = z.infer<typeof otlpSpan> & { resource: Record<string, unknown> };

/** A real collector: an HTTP server that takes spans by OTLP in JSON at `/v1/traces`, and nothing else. */
export type OtlpCollector = { url: string; spans: CollectedSpan[]; authorizations: string[]; close(): void };

export async function startOtlpCollector(): Promise<OtlpCollector> {
  const spans: CollectedSpan[] = [];
  const authorizations: string[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, url, headers } = request;
    if (method !== "POST" || url !== "/v1/traces" || headers["content-type"] !== "application/json") {
      response.writeHead(404).end();
      return;
    }
    authorizations.push(headers.authorization ?? "");
    const parsed = otlpRequest.safeParse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
    for (const { resource, scopeSpans } of parsed.data?.resourceSpans ?? []) {
      for (const span of scopeSpans.flatMap((scope) => scope.spans)) {
        spans.push({ ...span, resource: resource.attributes });
      }
    }
    response.writeHead(parsed.success ? 200 : 400, { "content-type": "application/json" }).end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    authorizations,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
