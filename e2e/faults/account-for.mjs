/**
 * What became of all that was published.
 * @typedef {object} Account
 * @property {number} accepted events that were answered 202
 * @property {number} refused events that were sent without keys, and of which was said that nothing was written
 * @property {number} unknown events that were sent without keys and got no answer that says anything
 * @property {number} received deliveries that arrived
 * @property {{ webhookId: string, times: number }[]} duplicates deliveries that arrived more than once
 * @property {string[]} missing accepted events, with the path that they did not reach
 * @property {string[]} problems all else that breaks a promise
 */

/** @typedef {import("./driver.mjs").Publication} Publication */
/** @typedef {import("./workers/receiver.mjs").Received} Received */

/**
 * Holds what was published against what arrived and what the log says.
 * @param {object} input
 * @param {Pick<import("./installation.mjs").Installation, "pathsOf">} input.installation
 * @param {Pick<import("./driver.mjs").Driver, "publications" | "unexpected">} input.driver
 * @param {import("./workers/receiver.mjs").Records} input.records
 * @param {{ id: string, eventId: string, status: string }[]} input.log
 * @returns {Account}
 */
export function accountFor({ installation, driver, records, log }) {
  const byMark = groupBy(records.received, ({ mark }) => mark);
  const byWebhookId = groupBy(records.received, ({ webhookId }) => webhookId);
  const missing = [];
  const problems = [...driver.unexpected, ...records.unsigned, ...checkLog({ driver, installation, log })];
  let accepted = 0;
  let refused = 0;
  let unknown = 0;
  for (const publication of driver.publications) {
    missing.push(...findMissing(publication, byMark, installation));
    problems.push(...checkPublication(publication, byMark));
    accepted += publication.eventIds.length;
    if (publication.outcome === "refused") refused += publication.events.length;
    if (publication.outcome === "unknown") unknown += publication.events.length;
  }
  const logged = new Set(log.map(({ id }) => id));
  for (const webhookId of byWebhookId.keys()) {
    if (!logged.has(webhookId)) problems.push(`${webhookId} arrived and is not in the log`);
  }
  for (const [delivery, arrivals] of groupBy(
    records.received,
    ({ eventId, path }) => `${eventId} arrived at ${path}`,
  )) {
    const ids = new Set(arrivals.map(({ webhookId }) => webhookId));
    if (ids.size > 1) problems.push(`${delivery} under ${[...ids].join(" and ")}`);
  }
  return {
    accepted,
    refused,
    unknown,
    received: byWebhookId.size,
    duplicates: [...byWebhookId]
      .filter(([, arrivals]) => arrivals.length > 1)
      .map(([webhookId, arrivals]) => ({ webhookId, times: arrivals.length })),
    missing,
    problems,
  };
}

/**
 * @param {Publication} publication
 * @param {Map<string, Received[]>} byMark
 * @param {Pick<import("./installation.mjs").Installation, "pathsOf">} installation
 */
function findMissing({ events, eventIds }, byMark, installation) {
  return eventIds.flatMap((eventId, place) => {
    const { type = "", mark = "" } = events[place] ?? {};
    const arrivals = (byMark.get(mark) ?? []).filter((arrival) => arrival.eventId === eventId);
    return installation
      .pathsOf(type)
      .filter((path) => !arrivals.some((arrival) => arrival.path === path))
      .map((path) => `${eventId} at ${path}`);
  });
}

/**
 * @param {Publication} publication
 * @param {Map<string, Received[]>} byMark
 */
function checkPublication({ events, eventIds, keyed, outcome }, byMark) {
  const problems = [];
  const arrived = events.filter(({ mark }) => byMark.has(mark)).length;
  if (outcome === "waiting") problems.push(`the request of ${events[0]?.mark} was never answered`);
  if (outcome === "refused" && !keyed && arrived > 0) {
    problems.push(
      `of ${events.length} events with ${events[0]?.mark}, ${arrived} arrived although they were refused`,
    );
  }
  if (outcome === "unknown" && arrived > 0 && arrived < events.length) {
    problems.push(`of a batch of ${events.length} with ${events[0]?.mark}, ${arrived} arrived`);
  }
  for (const [place, { mark }] of events.entries()) {
    const ids = new Set((byMark.get(mark) ?? []).map(({ eventId }) => eventId));
    const answered = eventIds[place];
    if (answered) ids.add(answered);
    if (ids.size > 1) problems.push(`${mark} was published once and is ${[...ids].join(" and ")}`);
  }
  return problems;
}

/**
 * Every delivery is to have succeeded, and every accepted event to have all of its own.
 * @param {Omit<Parameters<typeof accountFor>[0], "records">} input
 */
function checkLog({ driver, installation, log }) {
  const problems = log
    .filter(({ status }) => status !== "succeeded")
    .map(({ id, status }) => `${id} is ${status} in the log`);
  const byEvent = groupBy(log, ({ eventId }) => eventId);
  for (const { events, eventIds } of driver.publications) {
    for (const [place, eventId] of eventIds.entries()) {
      const wanted = installation.pathsOf(events[place]?.type ?? "").length;
      const found = byEvent.get(eventId)?.length ?? 0;
      if (found !== wanted) problems.push(`${eventId} has ${found} deliveries in the log, not ${wanted}`);
    }
  }
  return problems;
}

/**
 * @template T
 * @param {Iterable<T>} items
 * @param {(item: T) => string} keyOf
 * @returns {Map<string, T[]>}
 */
function groupBy(items, keyOf) {
  /** @type {Map<string, T[]>} */
  const groups = new Map();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
