import { checkout } from "../../bin/launcher/settings.mjs";
import { figuresOf } from "./figures.mjs";
import { play } from "./play.mjs";
import { openStage } from "./stage.mjs";
import { checkOut } from "./support/check-out.mjs";
import { summarize } from "./support/summarize.mjs";
import { count, interval, row } from "./support/table.mjs";

/** @typedef {import("./support/summarize.mjs").Summary} Summary */

/**
 * @typedef {object} Comparison
 * @property {string} commit in full
 * @property {{ name: string, here: Summary, there: Summary, ratio: Summary, ratios: number[] }[]} figures `ratios`: of
 *   here to there, pair by pair
 */

/** @typedef {{ here: Record<string, number>, there: Record<string, number> }} FiguresOfPair by their names */

/**
 * Measures this tree and another commit's in turns, each with a database of its own, by this tree's benchmarks: in
 * each pair every scenario runs on both, and the one that begins changes.
 * @param {import("../../bin/launcher/lifecycle.mjs").Lifecycle} lifecycle
 * @param {import("./options.mjs").BenchOptions & { compare: string }} options
 * @param {(line: string) => void} say
 * @returns {Promise<Comparison>}
 */
export async function compare(lifecycle, options, say) {
  const other = await checkOut(lifecycle, options.compare);
  const stages = {
    here: await openStage(lifecycle, { ...options, root: checkout }),
    there: await openStage(lifecycle, { ...options, root: other.root }),
  };
  /** @type {FiguresOfPair[]} */
  const pairs = [];
  const order = /** @type {const} */ (["here", "there"]);
  const playAll = async () => {
    for (let pair = 1; pair <= options.pairs; pair += 1) {
      /** @type {FiguresOfPair} */
      const found = { here: {}, there: {} };
      // Scenario by scenario: what is compared ran within minutes of the other.
      for (const scenario of options.scenarios) {
        for (const name of pair % 2 === 1 ? order : order.toReversed()) {
          const sayWhere = (/** @type {string} */ line) => say(`pair ${pair}, ${name}: ${line}`);
          const once = { ...options, scenarios: [scenario], pairs: 1 };
          Object.assign(found[name], figuresOf(await play(stages[name], once, sayWhere)));
        }
      }
      pairs.push(found);
    }
  };
  await Promise.race([stages.here.posthorn.ended, stages.there.posthorn.ended, playAll()]);
  return { commit: other.commit, figures: compareFigures(pairs) };
}

/**
 * @param {FiguresOfPair[]} pairs
 * @returns {Comparison["figures"]} what both have in every pair
 */
function compareFigures(pairs) {
  return Object.keys(pairs[0]?.here ?? {}).flatMap((name) => {
    const both = pairs.map(({ here, there }) => ({ here: here[name] ?? 0, there: there[name] ?? 0 }));
    if (both.some(({ here, there }) => !here || !there)) return [];
    const ratios = both.map(({ here, there }) => here / there);
    return [
      {
        name,
        here: summarize(both.map(({ here }) => here)),
        there: summarize(both.map(({ there }) => there)),
        ratio: summarize(ratios),
        ratios,
      },
    ];
  });
}

/**
 * The comparison for people, in at most 100 columns.
 * @param {Comparison} comparison
 */
export function formatComparison({ commit, figures }) {
  const number = (/** @type {number} */ value) => (value >= 100 ? count(value) : value.toPrecision(3));
  return [
    row(["", "this tree", commit.slice(0, 9), "ratio (95 % interval)".padStart(24)]),
    ...figures.flatMap(({ name, here, there, ratio, ratios }) => [
      row([name, number(here.mean), number(there.mean), interval(ratio, 2).padStart(24)]),
      `    of each pair: ${ratios.map((one) => one.toFixed(2)).join(" ")}`,
    ]),
  ].join("\n");
}
