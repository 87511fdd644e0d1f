import { figures } from "./support/log-requests.mjs";
import { count, megabytes, milliseconds, row } from "./support/table.mjs";

/** What the app may hold more in the last fifth of an export than in the second, by when its buffers have filled. */
const exportGrowthMax = 1.2;
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
export function formatLog({ deliveries, bytes, indexed, times, groups, exported }) {
  const { memory, rows, seconds } = exported;
  const [, second = 0, , , last = 0] = memory.fifths;
  const isFlat = last <= second * exportGrowthMax;
  return [
    `log, ${count(deliveries)} deliveries, ${(bytes / 2 ** 30).toFixed(1)} GB, payloads indexed after ${indexed.seconds.toFixed(0)} s`,
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
    `  export, ${count(rows)} rows in ${seconds.toFixed(1)} s: app ${megabytes(memory.before)} MB before, ${memory.fifths.map(megabytes).join(", ")} in each fifth of it, ${megabytes(memory.after)} at the end: ${verdict(isFlat)}`,
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
