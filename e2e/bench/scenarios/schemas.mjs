import { makeEvent } from "../support/event.mjs";
import { median } from "../support/statistics.mjs";

/** Requests of an attack, over so many connections. */
const attack = { requests: 150, connections: 10 };
const pace = { eventsPerSecond: 100, eventsPerBatch: 1 };

/** @typedef {{ withoutP99Ms: number, besideP99Ms: number, ratio: number }} SchemasPair */
/** @typedef {{ requests: number, pairs: SchemasPair[], median: SchemasPair }} SchemasResult */

/**
 * What publishing takes in a workspace whose events are judged by a schema, beside another one that publishes what its
 * schema's pattern takes for ever to judge.
 * @param {import("../stage.mjs").Stage} stage
 * @param {{ pairs: number, seconds: number, say: (line: string) => void }} options
 * @returns {Promise<SchemasResult>}
 */
export async function measureSchemas(stage, { pairs, seconds, say }) {
  const { posthorn, database, pacer } = stage;
  const other = await database.addWorkspace();
  await database.refuseInvalidData(true);
  const headers = { ...posthorn.headers, authorization: `Bearer ${other.apiKey}` };
  const type = "bench.judged";
  await fetch(`${posthorn.api}/event-types`, {
    method: "POST",
    headers,
    body: JSON.stringify({ name: type, schema: schemaOf(makeEvent(type).data) }),
  });
  const publish = () =>
    pacer.publish({ ...pace, url: `${posthorn.api}/events/batch`, headers, types: [type], seconds });

  const runBeside = async (/** @type {number} */ number) => {
    // A schema of its own: what ran out of time before is answered at once.
    const name = `bench.hostile_${number}`;
    const schema = { title: name, properties: { text: { pattern: "^(a+)+$" } } };
    await posthorn.request("POST", "/event-types", { name, schema });
    const body = JSON.stringify({ type: name, data: { text: `${"a".repeat(60)}!` } });
    const [published] = await Promise.all([
      publish(),
      stage.run({ ...attack, url: `${posthorn.api}/events`, headers: posthorn.headers, body, status: 422 }),
    ]);
    return published;
  };
  // Not counted: everybody's code gets compiled, and threads are started.
  await publish();
  await runBeside(0);
  /** @type {SchemasPair[]} */
  const measured = [];
  for (let number = 1; number <= pairs; number += 1) {
    const first = number % 2 === 1 ? await publish() : null;
    const beside = await runBeside(number);
    const without = first ?? (await publish());
    stage.noteMemory();
    const pair = {
      withoutP99Ms: without.p99Ms,
      besideP99Ms: beside.p99Ms,
      ratio: beside.p99Ms / without.p99Ms,
    };
    measured.push(pair);
    say(
      `schemas ${number}/${pairs}: publish p99 ${pair.withoutP99Ms.toFixed(1)} ms without, ${pair.besideP99Ms.toFixed(1)} ms beside, ratio ${pair.ratio.toFixed(2)}`,
    );
  }
  await database.refuseInvalidData(false);
  return {
    requests: attack.requests,
    pairs: measured,
    median: {
      withoutP99Ms: median(measured.map(({ withoutP99Ms }) => withoutP99Ms)),
      besideP99Ms: median(measured.map(({ besideP99Ms }) => besideP99Ms)),
      ratio: median(measured.map(({ ratio }) => ratio)),
    },
  };
}

/**
 * A schema that names each field of the data.
 * @param {Record<string, unknown>} data
 */
function schemaOf(data) {
  const names = Object.keys(data);
  return {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, {}])),
    required: names,
  };
}
