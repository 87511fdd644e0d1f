import { figures } from "./support/log-requests.mjs";
import { count, megabytes, milliseconds, row } from "./support/table.mjs";

/** What an export may take more than in its first fifth, when its buffers have filled: it does not grow with the rows. */
const exportGrowthMax = 64 * 2 ** 20;
const groupsMs = 5_000;

const headings = {
  page: "pages",
  sheet: "sheet",
  overview: "overviews",
  other: "all else",
};

/**
 * @param {import("./scenarios/log.mjs").LogResult} log
 * @returns {string[]} lines
 */
export function formatLog({ deliveries, bytes, times, groups, exported }) {
  const { memory, rows, seconds } = exported;
  const isFlat = memory.later - memory.first <= exportGrowthMax;
  return [
    `log, ${count(deliveries)} deliveries, ${(bytes / 2 ** 30).toFixed(1)} GB`,
    ...Object.entries(headings).flatMap(([name, heading]) => {
      const figure = figures[/** @type {keyof typeof figures} */ (name)];
      const limit = `${figure.of === "maxMs" ? "max" : "p95"} < ${count(figure.ms)} ms`;
      return [
        row([`${heading}: ${limit}`, "p50 ms", "p95 ms", "max ms"]),
        ...times.filter((one) => one.figure === name).map((one) => timesRow(one, one[figure.of] < figure.ms)),
      ];
    }),
    row([
      "in failure groups: max < 5,000 ms",
      milliseconds(groups.p50Ms),
      "",
      milliseconds(groups.maxMs),
      verdict(groups.maxMs < groupsMs),
    ]),
    `  export, ${count(rows)} rows in ${seconds.toFixed(1)} s: app ${megabytes(memory.before)} MB before, at most ${megabytes(memory.first)} in the first fifth and ${megabytes(memory.later)} later, ${megabytes(memory.after)} at the end: ${verdict(isFlat)}`,
  ];
}

/**
 * @param {import("./scenarios/log.mjs").LogTimes} times
 * @param {boolean} isMet
 */
function timesRow({ name, p50Ms, p95Ms, maxMs, answer }, isMet) {
  const cells = [p50Ms, p95Ms, maxMs].map((ms) => milliseconds(ms));
  return `${row([`  ${name}`, ...cells, verdict(isMet)])}${answer.includes("back to") ? "  looked back" : ""}`;
}

/** @param {boolean} isMet */
const verdict = (isMet) => (isMet ? "pass" : "MISS");
