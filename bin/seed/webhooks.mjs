import { receiverPath } from "./receivers.mjs";

/** @typedef {import("./receivers.mjs").Behaviour} Behaviour */

/**
 * A webhook of the seed: what it is made with, how its receiver answered for hours, and how it answers now.
 * @typedef {object} Sample
 * @property {string} key
 * @property {Record<string, unknown>} fields of `POST /endpoints`, but its URL
 * @property {Behaviour} before
 * @property {Behaviour} now
 */

/** @param {number} ms varies with the request, so that latencies differ @returns {Behaviour} */
const ok =
  (ms) =>
  ({ count }) => ({ status: 200, afterMs: ms * (1 + (count % 5) / 2) });

/** @type {Behaviour} refuses every seventh event the first time */
const sometimesBusy = ({ count, attempt }) =>
  attempt === 1 && count % 7 === 3
    ? { status: 503, body: { error: "try again" } }
    : { status: 200, afterMs: 30 };

/** @type {Sample[]} */
export const samples = [
  { key: "billing", fields: { name: "Billing service" }, before: ok(25), now: ok(25) },
  {
    key: "warehouse",
    fields: {
      name: "Data warehouse",
      description: "Answers slowly, and is sent at most 50 events a second.",
      eventTypes: ["invoice.paid", "sale.created"],
      rateLimit: 50,
    },
    before: ok(450),
    now: ok(900),
  },
  {
    key: "search",
    fields: {
      name: "Search index",
      eventTypes: ["customer.created", "customer.updated"],
      signature: "ed25519",
    },
    before: ok(8),
    now: ({ count }) =>
      count === 0 ? { status: 302, headers: { location: "https://example.com/moved" } } : { status: 204 },
  },
  {
    key: "portal",
    fields: {
      name: "Partner portal",
      eventTypes: ["subscription.started", "subscription.canceled"],
      signature: "jwt",
      headers: { "x-partner": "a value that no page shows" },
    },
    before: ok(60),
    now: ok(60),
  },
  {
    key: "crm",
    fields: {
      name: "CRM sync",
      eventTypes: ["customer.created", "customer.updated", "invoice.payment_failed"],
    },
    before: ok(40),
    now: () => ({ status: 500, afterMs: 120, body: { error: "db pool exhausted", retryable: true } }),
  },
  {
    key: "analytics",
    fields: { name: "Analytics", eventTypes: ["link.created", "link.clicked"] },
    before: sometimesBusy,
    now: ({ count, isTest }) =>
      count % 3 === 1 && !isTest
        ? { status: 429, headers: { "retry-after": "90" }, body: { error: "rate limited" } }
        : { status: 202 },
  },
  {
    key: "erp",
    fields: { name: "Legacy ERP", eventTypes: ["invoice.created", "invoice.paid"] },
    before: ok(90),
    now: ok(90),
  },
  {
    key: "archive",
    fields: { name: "Audit archive", eventTypes: ["user.created", "user.deleted"] },
    before: ok(15),
    now: () => ({ status: 410, body: { error: "this archive was closed" } }),
  },
  {
    key: "push",
    fields: {
      name: "Mobile push",
      description: "Failed events are not retried.",
      eventTypes: ["lead.created", "sale.created"],
      retryPolicy: { retries: 0, retryOn: "any" },
    },
    before: ({ count }) => ({ status: count % 9 === 4 ? 400 : 200, body: { device: "unknown" } }),
    now: ({ attempt }) => ({ status: attempt === 1 ? 422 : 200, body: { device: "unknown" } }),
  },
  {
    key: "staging",
    fields: { name: "Staging", eventTypes: ["order.shipped", "order.delivered"] },
    before: ok(5),
    now: ({ count }) => ({
      fault: /** @type {const} */ (["reset", "garbage", "silence"])[count % 3] ?? "reset",
    }),
  },
];

/** Types that the sample catalogue lacks, with a schema. */
const orderTypes = ["shipped", "delivered"].map((what) => ({
  name: `order.${what}`,
  description: `An order was ${what}.`,
  schema: {
    type: "object",
    required: ["id", "items"],
    properties: { id: { type: "string" }, items: { type: "integer", minimum: 1 } },
  },
  example: { id: "ord_9Kd3", items: 3 },
}));

/**
 * Makes the ten webhooks and the types with a schema; those of an earlier seed go first.
 * @param {import("./instance.mjs").Instance} instance
 * @param {import("./receivers.mjs").Receivers} receivers
 * @returns {Promise<Record<string, string>>} ids by key
 */
export async function makeWebhooks(instance, receivers) {
  const { data } = /** @type {{ data: { id: string, url: string }[] }} */ (
    await instance.request("GET", "/endpoints?limit=100")
  );
  for (const { id, url } of data) {
    if (new URL(url).pathname.startsWith(receiverPath)) await instance.request("DELETE", `/endpoints/${id}`);
  }
  await instance.makeRoomFor(samples.length);
  const known = /** @type {{ data: { name: string }[] }} */ (
    await instance.request("GET", "/event-types?limit=100")
  );
  for (const type of orderTypes) {
    if (!known.data.some(({ name }) => name === type.name)) {
      await instance.request("POST", "/event-types", type);
    }
  }
  /** @type {Record<string, string>} */
  const ids = {};
  for (const { key, fields, before } of samples) {
    receivers.answer(key, before);
    const url = `http://localhost:${receivers.port}${receiverPath}${key}`;
    const made = await instance.request("POST", "/endpoints", { ...fields, url });
    ids[key] = String(made.id);
  }
  return ids;
}
