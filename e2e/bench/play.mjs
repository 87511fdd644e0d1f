import { measureBatch } from "./scenarios/batch.mjs";
import { measureClaims } from "./scenarios/claims.mjs";
import { measureDrain } from "./scenarios/drain.mjs";
import { measureIsolation } from "./scenarios/isolation.mjs";
import { measureLog } from "./scenarios/log.mjs";
import { measureOutage } from "./scenarios/outage.mjs";
import { measureOverload } from "./scenarios/overload.mjs";
import { measureProcesses } from "./scenarios/processes.mjs";
import { measureReplay } from "./scenarios/replay.mjs";
import { measureSchemas } from "./scenarios/schemas.mjs";
import { measureSignatures } from "./scenarios/signatures.mjs";
import { measureSingle } from "./scenarios/single.mjs";
import { measureSteady } from "./scenarios/steady.mjs";

/**
 * Plays scenarios, one after the other.
 * @param {import("./stage.mjs").Stage} stage
 * @param {import("./options.mjs").BenchOptions} options
 * @param {(line: string) => void} say
 * @returns {Promise<import("./report.mjs").Measured>} of those that were asked for
 */
export async function play(stage, options, say) {
  const { scenarios, pairs, deliveries, events, seconds, idleSeconds, runSeconds, due, held, queue, log } =
    options;
  /** @type {import("./report.mjs").Measured} */
  const measured = {};
  if (scenarios.includes("drain")) measured.drain = await measureDrain(stage, { pairs, deliveries, say });
  if (scenarios.includes("single")) {
    measured.single = await measureSingle(stage, { pairs, events: events.single, say });
  }
  if (scenarios.includes("batch")) {
    measured.batch = await measureBatch(stage, { pairs, events: events.batch, say });
  }
  if (scenarios.includes("steady")) {
    measured.steady = await measureSteady(stage, { seconds, idleSeconds, say });
  }
  if (scenarios.includes("isolation")) {
    measured.isolation = await measureIsolation(stage, { pairs, due, seconds: runSeconds, say });
  }
  if (scenarios.includes("outage")) {
    measured.outage = await measureOutage(stage, { pairs, held, seconds: runSeconds, say });
  }
  if (scenarios.includes("replay")) {
    measured.replay = await measureReplay(stage, { pairs, deliveries: Math.ceil(deliveries / 2), say });
  }
  if (scenarios.includes("schemas")) {
    measured.schemas = await measureSchemas(stage, { pairs, seconds: runSeconds, say });
  }
  if (scenarios.includes("signatures")) {
    measured.signatures = await measureSignatures(stage, { rounds: pairs, deliveries, say });
  }
  if (scenarios.includes("overload")) {
    measured.overload = await measureOverload(stage, { events: events.single, seconds, say });
  }
  if (scenarios.includes("claims")) measured.claims = await measureClaims(stage, { ...queue, say });
  if (scenarios.includes("processes")) {
    measured.processes = await measureProcesses(stage, { pairs, deliveries: Math.ceil(deliveries / 2), say });
  }
  if (scenarios.includes("log")) measured.log = await measureLog(stage, { ...log, keep: options.keep, say });
  return measured;
}
