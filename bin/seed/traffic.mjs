import { setTimeout as sleep } from "node:timers/promises";
import { timeOfId } from "../../lib/core/time-of-id.mjs";
import { StartError } from "../embedded-postgres/start-error.mjs";
import { say } from "../launcher/progress.mjs";
import { moveBack } from "./move-back.mjs";
import { receiverPath } from "./receivers.mjs";
import { samples } from "./webhooks.mjs";

/**
 * @typedef {object} Stage
 * @property {import("./instance.mjs").Instance} instance
 * @property {import("./receivers.mjs").Receivers} receivers
 * @property {Record<string, string>} webhooks ids by key
 */

const hourMs = 60 * 60 * 1_000;
/** Longer than an exchange may take. */
const patienceMs = 40_000;

/** What is published, in this order again and again: paid invoices and clicks are many, cancellations few. */
const types = [
  "invoice.paid",
  "link.clicked",
  "customer.created",
  "link.clicked",
  "invoice.created",
  "subscription.started",
  "link.clicked",
  "customer.updated",
  "sale.created",
  "user.created",
  "lead.created",
  "link.created",
  "order.shipped",
  "invoice.payment_failed",
  "user.deleted",
  "order.delivered",
  "subscription.canceled",
];

/**
 * Fills hours that are over, the oldest first. Each is published and sent now, and then moved back, so that the ids,
 * which are times, the ledger and the figures agree.
 * @param {Stage} stage
 * @param {{ hours: number, eventsPerHour: number }} options
 */
export async function fillPast(stage, { hours, eventsPerHour }) {
  for (let hoursBack = hours; hoursBack >= 1; hoursBack -= 1) {
    const since = new Date();
    const hour = Math.floor(since.getTime() / hourMs) * hourMs - hoursBack * hourMs;
    // Business hours are busier.
    const count = Math.round(eventsPerHour * (0.6 + 0.4 * Math.cos(hoursBack / 2)));
    const moments = Array.from({ length: count }, (_, place) =>
      Math.round(hour + ((place + Math.random()) / count) * 0.98 * hourMs),
    );
    const ids = await publish(
      stage,
      moments.map((moment, place) => ({
        type: types[(place + hoursBack) % types.length] ?? "invoice.paid",
        occurredAt: new Date(moment).toISOString(),
      })),
    );
    await waitUntilTried(stage, ids);
    await retryWhatFailed(stage, "analytics", 5);
    const events = ids.map((id, place) => ({ id, ms: timeOfId(id).getTime() - (moments[place] ?? 0) }));
    const endpointIds = Object.values(stage.webhooks).map(uuidOf);
    const moved = await stage.instance.inDatabase((sql) =>
      moveBack(sql, { events, endpointIds, hoursBack, since }),
    );
    say(`${hoursBack} h ago: ${count} events, ${moved} of them finished`);
  }
}

/**
 * What goes on now: failures of every kind, a webhook that backs off, two that are disabled, held and discarded
 * deliveries, retries by hand, tests and replays.
 * @param {Stage} stage
 * @param {{ rounds: number, withTimeout: boolean }} options
 */
export async function fillPresent(stage, { rounds, withTimeout }) {
  const { instance, receivers, webhooks } = stage;
  for (const { key, now } of samples) receivers.answer(key, now);
  const endpoint = (/** @type {string} */ key) => `/endpoints/${webhooks[key]}`;
  // The port speaks no TLS.
  await instance.request("PATCH", endpoint("portal"), {
    url: `https://localhost:${receivers.port}${receiverPath}portal`,
  });
  await instance.request("POST", `${endpoint("erp")}/disable`, {});

  const orders = ["order.shipped", "order.delivered", ...(withTimeout ? ["order.shipped"] : [])];
  const streak = ["customer.created", "customer.updated", "customer.created", "invoice.payment_failed"];
  const everyday = ["invoice.paid", "link.clicked", "invoice.created", "link.created", "user.created"];
  const once = ["subscription.started", "subscription.canceled", "lead.created", "sale.created", ...orders];
  const many = Array.from({ length: rounds }, () => [...streak, ...everyday]).flat();
  const published = await publish(
    stage,
    [...once, ...many].map((type, place) => ({ type, idempotencyKey: `seed-${Date.now()}-${place}` })),
  );
  await waitUntilTried(stage, published);
  say(`Now: ${published.length} events`);

  await retryWhatFailed(stage, "push", 1);
  for (const [key, type] of [
    ["billing", "invoice.paid"],
    ["search", "customer.created"],
    ["crm", "customer.created"],
  ]) {
    await instance.request("POST", `${endpoint(key ?? "")}/test`, { type });
  }
  await instance.request("POST", `${endpoint("billing")}/secret/rotate`, {});
  // What the closed archive holds is discarded.
  await waitUntilTried(stage, await publish(stage, [{ type: "user.deleted" }, { type: "user.created" }]));
  await instance.request("POST", `${endpoint("archive")}/held`, { action: "discard" });
  const filter = { endpointId: [webhooks.billing], type: ["invoice.paid"] };
  const replay = await instance.request("POST", "/replays", { filter });
  await waitUntilReplayed(stage, String(replay.id), "billing");
  const paced = { filter: { endpointId: [webhooks.billing], type: ["link.clicked"] }, ratePerSecond: 1 };
  const { id } = await instance.request("POST", "/replays", paced);
  await instance.request("POST", `/replays/${id}/pause`, {});
  say("Tests, manual retries, replays, a rotated token");
}

/**
 * @param {Stage} stage
 * @param {{ type: string, occurredAt?: string, idempotencyKey?: string }[]} events
 * @returns {Promise<string[]>} their UUIDs
 */
async function publish({ instance }, events) {
  const withData = events.map((event, place) => ({ ...event, data: dataOf(event.type, place) }));
  const { data } = /** @type {{ data: { id: string }[] }} */ (
    await instance.request("POST", "/events/batch", { events: withData })
  );
  return data.map(({ id }) => uuidOf(id));
}

/**
 * @param {string} type
 * @param {number} number
 */
function dataOf(type, number) {
  const [noun = "thing"] = type.split(".");
  return {
    id: `${noun.slice(0, 3)}_${(number * 7_919 + 1_000).toString(36)}`,
    items: 1 + (number % 4),
    amountCents: 900 + ((number * 1_301) % 40_000),
    currency: number % 3 === 0 ? "USD" : "EUR",
    customer: { name: ["Ana Lima", "Ben Okafor", "Chris Wu"][number % 3], country: "PT" },
  };
}

/**
 * Waits until each delivery was tried that is not held back.
 * @param {Stage} stage
 * @param {string[]} eventIds
 */
async function waitUntilTried({ instance }, eventIds) {
  await instance.inDatabase((sql) =>
    waitForNone("deliveries", async () => {
      const open = await sql`
        select from delivery_queue q join endpoint_states s on s.endpoint_id = q.endpoint_id
        where q.event_id = any(${eventIds}::uuid[]) and q.attempts = 0
          and s.disabled_at is null and s.next_probe_at is null`;
      return open.count;
    }),
  );
}

/**
 * Retries by hand what failed at a webhook, as a person would in the event log, and waits until it is tried.
 * @param {Stage} stage
 * @param {string} key
 * @param {number} most how many deliveries
 */
async function retryWhatFailed({ instance, webhooks }, key, most) {
  const { data } = /** @type {{ data: { id: string, attempts: number, status: string }[] }} */ (
    await instance.request(
      "GET",
      `/deliveries?endpointId=${webhooks[key]}&status=pending&status=failed&limit=${most}`,
    )
  );
  for (const { id } of data) await instance.request("POST", `/deliveries/${id}/retry`, {});
  const ids = data.map(({ id }) => uuidOf(id));
  await instance.inDatabase((sql) =>
    waitForNone(
      "retries by hand",
      async () =>
        (
          await sql`select from delivery_queue where delivery_id = any(${ids}::uuid[]) and requested_at is not null`
        ).count,
    ),
  );
}

/**
 * Waits until a replay is through, and what it released is sent.
 * @param {Stage} stage
 * @param {string} replayId
 * @param {string} key
 */
async function waitUntilReplayed({ instance, webhooks }, replayId, key) {
  await waitForNone("replays", async () => {
    const { status } = await instance.request("GET", `/replays/${replayId}`);
    return status === "done" ? 0 : 1;
  });
  const id = uuidOf(webhooks[key] ?? "");
  await instance.inDatabase((sql) =>
    waitForNone(
      "replayed deliveries",
      async () => (await sql`select from delivery_queue where endpoint_id = ${id}`).count,
    ),
  );
}

/**
 * @param {string} what
 * @param {() => Promise<number>} count how many there are still
 */
async function waitForNone(what, count) {
  const deadline = Date.now() + patienceMs;
  for (let open = await count(); open > 0; open = await count()) {
    if (Date.now() > deadline) {
      throw new StartError(`Posthorn did not finish ${open} ${what} within ${patienceMs / 1_000} s.`);
    }
    await sleep(50);
  }
}

/** @param {string} publicId such as `evt_…` */
const uuidOf = (publicId) => publicId.replace(/^[a-z]+_(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
