import type { APIRequestContext, APIResponse } from "@playwright/test";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import type { Answer, Received, TestReceiver } from "@/lib/testing/test-receiver.mjs";

/** Webhooks as a real workspace has them, by their path at the receiver. */
export type SeededWebhooks = Record<"billing" | "crm" | "analytics" | "warehouse", EndpointOutput>;

const body = (value: unknown) => ({ body: JSON.stringify(value) });

/** How the seeded webhooks answer: the CRM's database is down, analytics refuses now and then, the rest is fine. */
export function answerAsSeeded(request: Received): Answer {
  const seed = request.body.length + Number(request.body.match(/\d(?=")/)?.[0] ?? 0);
  if (request.path === "/crm/events") {
    return { status: 500, ...body({ error: "db pool exhausted", code: "E_POOL", retryable: true }) };
  }
  if (request.path === "/analytics" && seed % 5 === 0) {
    return { status: 429, ...body({ error: "rate limited" }), headers: { "retry-after": "30" } };
  }
  return { status: 200, ...body({ received: true }) };
}

/** Fills a workspace through the API: four webhooks, of which one fails and one is disabled, and events for them. */
export async function seedWorkspace(
  api: APIRequestContext,
  receiver: TestReceiver,
  { events }: { events: number },
): Promise<SeededWebhooks> {
  receiver.reply(answerAsSeeded);
  const add = async (name: string, path: string, eventTypes: string[] | null): Promise<EndpointOutput> =>
    answered(
      await api.post("/api/v1/endpoints", { data: { url: receiver.origin + path, name, eventTypes } }),
    );
  const webhooks = {
    warehouse: await add("Data warehouse", "/warehouse", null),
    analytics: await add("Analytics", "/analytics", ["link.clicked", "link.created", "lead.created"]),
    crm: await add("CRM sync", "/crm/events", [
      "customer.created",
      "customer.updated",
      "invoice.payment_failed",
    ]),
    billing: await add("Billing service", "/hooks/billing", null),
  };
  await answered(await api.post(`/api/v1/endpoints/${webhooks.warehouse.id}/disable`));
  const types = await catalogueOf(api);
  for (let first = 0; first < events; first += 100) {
    const batch = Array.from({ length: Math.min(100, events - first) }, (_, index) => {
      const number = first + index;
      const type = types[(number * 7) % types.length];
      return {
        type: type?.name,
        data: { ...type?.example, sequence: number },
        idempotencyKey: `order-${number}`,
      };
    });
    await answered(await api.post("/api/v1/events/batch", { data: { events: batch } }));
  }
  for (const webhook of [webhooks.billing, webhooks.crm]) {
    await answered(
      await api.post(`/api/v1/endpoints/${webhook.id}/test`, { data: { type: "customer.created" } }),
    );
  }
  return webhooks;
}

async function catalogueOf(api: APIRequestContext): Promise<{ name: string; example: object }[]> {
  const { data }: { data: { name: string; example: string }[] } = await answered(
    await api.get("/api/v1/event-types?limit=100"),
  );
  return data.map(({ name, example }) => ({ name, example: JSON.parse(example) }));
}

async function answered<Body>(answer: APIResponse): Promise<Body> {
  const text = await answer.text();
  if (!answer.ok()) throw new Error(`${answer.url()} was answered ${answer.status()}: ${text}`);
  return JSON.parse(text);
}
