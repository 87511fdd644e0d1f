import { makeEvent } from "../support/event.mjs";
import { summarize } from "../support/summarize.mjs";

/** Requests of an attack, over so many connections. */
const attack = { requests: 150, connections: 10 };
const pace = { eventsPerSecond: 100, eventsPerBatch: 1 };

/** Data of the attack, and a pattern that never finishes refusing it, or one that does at once. */
const text = `${"a".repeat(60)}!`;
const patterns = { hostile: "^(a+)+$", harmless: "^a+$" };

/**
 * `ratio` is that of hostile to without, `toHarmless` that of hostile to harmless.
 * @typedef {{ without: number, harmless: number, hostile: number, ratio: number, toHarmless: number }} SchemasPair p99s in ms
 */
/** @typedef {Record<keyof SchemasPair, import("../support/summarize.mjs").Summary>} SchemasSummary */
/** @typedef {{ requests: number, pairs: SchemasPair[], summary: SchemasSummary }} SchemasResult */

/**
 * What publishing takes in a workspace whose events are judged by a schema: alone, beside another one that publishes
 * what its schema's pattern never finishes validating, and beside as many requests that are refused by a harmless one.
 * @param {import("../stage.mjs").Stage} stage
 * @param {{ pairs: number, seconds: number, say: (line: string) => void }} options
 * @returns {Promise<SchemasResult>}
 */
export async function measureSchemas(stage, { pairs, seconds, say }) {
  const { posthorn, database, pacer } = stage;
  const other = await database.addWorkspace(["events:write", "eventTypes:write"]);
  await database.refuseInvalidData(true);
  const headers = { ...posthorn.headers, authorization: `Bearer ${other.apiKey}` };
  const type = "bench.judged";
  await fetch(`${posthorn.api}/event-types`, {
    method: "POST",
    headers,
    body: JSON.stringify({ name: type, schema: schemaOf(makeEvent(type).data) }),
  });
  const publish = async () => {
    const load = { ...pace, url: `${posthorn.api}/events`, headers, types: [type], seconds };
    return (await pacer.publish(load)).p99Ms;
  };

  const publishBeside = async (/** @type {"hostile" | "harmless"} */ kind, /** @type {number} */ number) => {
    // A schema of its own: what ran out of time before is answered at once.
    const name = `bench.${kind}_${number}`;
    const schema = { title: name, properties: { text: { pattern: patterns[kind] } } };
    await posthorn.request("POST", "/event-types", { name, schema });
    const bodies = [JSON.stringify({ type: name, data: { text } })];
    const [p99Ms] = await Promise.all([
      publish(),
      stage.run({ ...attack, url: `${posthorn.api}/events`, headers: posthorn.headers, bodies, status: 422 }),
    ]);
    return p99Ms;
  };
  /** @type {((number: number) => Promise<Partial<SchemasPair>>)[]} */
  const arms = [
    async () => ({ without: await publish() }),
    async (number) => ({ harmless: await publishBeside("harmless", number) }),
    async (number) => ({ hostile: await publishBeside("hostile", number) }),
  ];
  // Not counted: everybody's code gets compiled, and threads are started.
  for (const arm of arms) await arm(0);
  /** @type {SchemasPair[]} */
  const measured = [];
  for (let number = 1; number <= pairs; number += 1) {
    const p99s = { without: 0, harmless: 0, hostile: 0 };
    for (const arm of number % 2 === 1 ? arms : arms.toReversed()) Object.assign(p99s, await arm(number));
    stage.noteMemory();
    const pair = {
      ...p99s,
      ratio: p99s.hostile / p99s.without,
      toHarmless: p99s.hostile / p99s.harmless,
    };
    measured.push(pair);
    say(
      `schemas ${number}/${pairs}: publish p99 ${pair.without.toFixed(1)} ms without, ${pair.harmless.toFixed(1)} ms beside harmless requests, ${pair.hostile.toFixed(1)} ms beside hostile ones, ratio ${pair.ratio.toFixed(2)}`,
    );
  }
  await database.refuseInvalidData(false);
  const summaryOf = (/** @type {keyof SchemasPair} */ name) => summarize(measured.map((pair) => pair[name]));
  return {
    requests: attack.requests,
    pairs: measured,
    summary: {
      without: summaryOf("without"),
      harmless: summaryOf("harmless"),
      hostile: summaryOf("hostile"),
      ratio: summaryOf("ratio"),
      toHarmless: summaryOf("toHarmless"),
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
