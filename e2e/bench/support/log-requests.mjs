/**
 * What is asked of the event log again and again, and how fast it is to be.
 * @typedef {object} LogRequest
 * @property {string} name
 * @property {Figure} figure
 * @property {(turn: number) => string} route of the API, by how often it was asked for
 */

/**
 * The figures: of the log's filters, one by one and in pairs that an index serves; of one delivery; of the overviews; and
 * of all else, whose worst request counts.
 * @typedef {keyof typeof figures} Figure
 */
export const figures = /** @type {const} */ ({
  page: { ms: 30, of: "p95Ms" },
  sheet: { ms: 20, of: "p95Ms" },
  overview: { ms: 50, of: "p95Ms" },
  other: { ms: 1_000, of: "maxMs" },
});

/**
 * A log to ask for, with ids as the API has them.
 * @typedef {object} AskedLog
 * @property {{ busy: string, failing: string, holding: string, quiet: string }} endpoints
 * @property {{ deliveryId: string, eventId: string, idempotencyKey: string }[]} samples
 * @property {string[]} failureGroupIds
 * @property {string} replayId
 * @property {string} page100 its cursor
 * @property {{ from: string, to: string }} oldDay a day three weeks ago
 * @property {{ rare: string, unused: string }} types
 */

/**
 * @param {AskedLog} log
 * @returns {LogRequest[]}
 */
export function logRequests(log) {
  const { endpoints, types, oldDay, failureGroupIds } = log;
  const sample = (/** @type {number} */ turn) => at(log.samples, turn);
  const list = (/** @type {Record<string, string>} */ filter) => `/deliveries?${new URLSearchParams(filter)}`;
  /** @type {(figure: Figure, name: string, filter: Record<string, string>) => LogRequest} */
  const listing = (figure, name, filter) => ({ name, figure, route: () => list(filter) });
  /** @type {(figure: Figure, name: string, route: (turn: number) => string) => LogRequest} */
  const varied = (figure, name, route) => ({ name, figure, route });
  const common = (/** @type {number} */ turn) => `filled.type_${turn % 40}`;
  return [
    listing("page", "first page", {}),
    listing("page", "page 100", { cursor: log.page100 }),
    ...["succeeded", "failed", "discarded", "held", "waiting", "retrying"].map((status) =>
      listing("page", `status ${status}`, { status }),
    ),
    varied("page", "type", (turn) => list({ type: common(turn) })),
    ...["2xx", "5xx", "503", "422", "none"].map((httpStatus) =>
      listing("page", `response ${httpStatus}`, { httpStatus }),
    ),
    listing("page", "cause timeout", { error: "timeout" }),
    listing("page", "webhook, busy", { endpointId: endpoints.busy }),
    listing("page", "webhook, quiet", { endpointId: endpoints.quiet }),
    listing("page", "webhook that backs off", { endpointId: endpoints.failing }),
    listing("page", "at least 2 attempts", { attemptsMin: "2" }),
    listing("page", "last hour", { range: "1h" }),
    listing("page", "a day three weeks ago", oldDay),
    varied("page", "failure group", (turn) => list({ failureGroup: at(failureGroupIds, turn) })),
    listing("page", "what a job has sent", { replayId: log.replayId }),
    varied("page", "search: delivery id", (turn) => list({ q: sample(turn).deliveryId })),
    varied("page", "search: event id", (turn) => list({ q: sample(turn).eventId })),
    varied("page", "search: idempotency key", (turn) => list({ q: sample(turn).idempotencyKey })),
    listing("page", "webhook, failed", { endpointId: endpoints.busy, status: "failed" }),
    listing("page", "webhook, a day", { endpointId: endpoints.busy, ...oldDay }),
    listing("page", "failed, a day", { status: "failed", ...oldDay }),
    listing("page", "response 503, a day", { httpStatus: "503", ...oldDay }),
    listing("page", "cause, a day", { error: "timeout", ...oldDay }),
    listing("page", "attempts, a day", { attemptsMin: "2", ...oldDay }),
    varied("sheet", "one delivery", (turn) => `/deliveries/${sample(turn).deliveryId}`),
    varied("overview", "Overview", () => "/overview?timeZone=Europe%2FBerlin"),
    varied("overview", "webhook's figures, 24 hours", () => `/endpoints/${endpoints.busy}/stats?window=24h`),
    varied("overview", "webhook's figures, 30 days", () => `/endpoints/${endpoints.busy}/stats?window=30d`),
    varied("overview", "webhooks", () => "/endpoints?limit=100"),
    varied("overview", "failure groups", () => "/failure-groups?limit=50"),
    varied("overview", "histogram, 24 hours", () => "/deliveries/histogram?range=24h"),
    varied("overview", "histogram, 30 days", () => "/deliveries/histogram?range=30d"),
    listing("other", "rare type", { type: types.rare }),
    listing("other", "type without any", { type: types.unused }),
    listing("other", "type without any, webhook", { type: types.unused, endpointId: endpoints.busy }),
    listing("other", "rare type, failed", { type: types.rare, status: "failed" }),
    listing("other", "type without any, held", { type: types.unused, status: "held" }),
    listing("other", "webhook, response 422", { endpointId: endpoints.quiet, httpStatus: "422" }),
    listing("other", "succeeded after 7 attempts", { status: "succeeded", attemptsMin: "7" }),
    listing("other", "2xx, webhook, type without any", {
      httpStatus: "2xx",
      endpointId: endpoints.busy,
      type: types.unused,
    }),
    ...["/deliveries", "/events"].flatMap((view) =>
      /** @type {[name: string, q: (turn: number) => string][]} */ ([
        ["a value", (turn) => `cus_${(turn * 997) % 100_000}`],
        ["a value of a field", (turn) => `customer.email:person${(turn * 997) % 100_000}@example.com`],
        ["what values begin with", (turn) => `ord_${1_000 + turn}*`],
        ["a value that none has", (turn) => `nobody_${turn}`],
        ["a value that all have", () => "eur"],
        ["a text", (turn) => `"person${turn}@"`],
        ["a text that none has", (turn) => `"nobody ${turn}"`],
      ]).map(([name, q]) =>
        varied(
          "other",
          `payloads of ${view}: ${name}`,
          (turn) => `${view}?${new URLSearchParams({ q: q(turn) })}`,
        ),
      ),
    ),
    varied("other", "counts by status", () => "/deliveries/counts"),
    varied("other", "counts of a type", (turn) => `/deliveries/counts?type=${common(turn)}`),
    varied("other", "counts of a type without any", () => `/deliveries/counts?type=${types.unused}`),
    varied(
      "other",
      "histogram of a type, 30 days",
      (turn) => `/deliveries/histogram?range=30d&type=${common(turn)}`,
    ),
    varied("other", "histogram of a rare type", () => `/deliveries/histogram?range=30d&type=${types.rare}`),
  ];
}

/**
 * @template T
 * @param {T[]} list
 * @param {number} turn
 * @returns {T}
 */
function at(list, turn) {
  const found = list[turn % list.length];
  if (found === undefined) throw new Error("the log was filled with too little");
  return found;
}
