import { summarize } from "./summarize.mjs";

/**
 * @param {{ processorTime: import("./processor-time.mjs").ProcessorTime }[]} measured
 * @returns {{ app: import("./summarize.mjs").Summary | null, database: import("./summarize.mjs").Summary | null }}
 *   microseconds; `null` where the system does not tell
 */
export function summarizeProcessorTime(measured) {
  const of = (/** @type {"app" | "database"} */ name) => {
    const times = measured.flatMap(({ processorTime }) => (processorTime ? [processorTime[name]] : []));
    return times.length === 0 ? null : summarize(times.map((time) => Math.max(time, 1)));
  };
  return { app: of("app"), database: of("database") };
}
