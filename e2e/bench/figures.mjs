/**
 * What scenarios found as one list, for comparing it with the same of another commit.
 * @param {import("./report.mjs").Measured} measured
 * @returns {Record<string, number>} by name, each above 0
 */
export function figuresOf({
  drain,
  single,
  batch,
  steady,
  isolation,
  outage,
  replay,
  schemas,
  signatures,
  overload,
}) {
  /** @type {Record<string, number | undefined>} */
  const figures = {};
  if (drain) {
    const { summary } = drain;
    figures["drain, a second"] = summary.drain.mean;
    figures["drain, to the bare client"] = summary.ratio.mean;
    figures["drain, app us a delivery"] = summary.app?.mean;
    figures["drain, PostgreSQL us a delivery"] = summary.database?.mean;
  }
  for (const [name, found] of Object.entries({ single, batch })) {
    if (!found) continue;
    const { summary, fresh } = found;
    figures[`${name}, accepted a second`] = summary.accepted.mean;
    figures[`${name}, accepted to bare server`] = summary.ratio.mean;
    figures[`${name}, recorded a second`] = summary.recorded.mean;
    figures[`${name}, p99 ms`] = summary.p99Ms.mean;
    figures[`${name}, app us an event`] = summary.app?.mean;
    figures[`${name}, PostgreSQL us an event`] = summary.database?.mean;
    figures[`${name}, fresh app us an event`] = fresh.processorTime?.app;
  }
  if (steady) {
    figures["steady, publish p99 ms"] = steady.load.publish.p99Ms;
    figures["steady, one by one, publish p99 ms"] = steady.oneByOne.publish.p99Ms;
    figures["steady, received p99 ms"] = steady.load.received.p99Ms;
    figures["steady, app us a delivery"] = steady.processorTime?.app;
    figures["steady, PostgreSQL us a delivery"] = steady.processorTime?.database;
    figures["steady, rows updated a delivery"] = steady.updates.perDelivery;
    figures["steady, bytes a delivery"] = steady.bytesPerDelivery;
  }
  if (isolation) figures["isolation, others' p99 to without"] = isolation.summary.ratio.mean;
  if (outage) figures["outage, others' p99 to without"] = outage.summary.ratio.mean;
  for (const { endpoints, summary } of replay?.runs ?? []) {
    figures[`replay over ${endpoints}, a second`] = summary.replay.mean;
    figures[`replay over ${endpoints}, to drain`] = summary.ratio.mean;
  }
  if (schemas) figures["schemas, p99 to without"] = schemas.summary.ratio.mean;
  if (overload) {
    figures["overload, accepted a second"] = overload.accepted / overload.seconds;
    figures["overload, p99 ms of accepted"] = overload.acceptedLatency.p99Ms;
    figures["overload, app MB at most"] = overload.memoryMax / 2 ** 20;
  }
  for (const { kind, drain: found } of signatures?.kinds ?? [])
    figures[`drain by ${kind}, a second`] = found.mean;
  return Object.fromEntries(
    Object.entries(figures).flatMap(([name, value]) => (value && value > 0 ? [[name, value]] : [])),
  );
}
