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
 * @property {{ name: string, here: Summary, there: Summary, ratio: Summary }[]} figures `ratio`: of here to there, each
 *   of a pair
 */

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
  /** @type {Record<keyof typeof stages, Record<string, number>[]>} */
  const found = { here: [], there: [] };
  const order = /** @type {const} */ (["here", "there"]);
  const playAll = async () => {
    for (let pair = 1; pair <= options.pairs; pair += 1) {
      for (const name of pair % 2 === 1 ? order : order.toReversed()) {
        const sayWhere = (/** @type {string} */ line) => say(`pair ${pair}, ${name}: ${line}`);
        found[name].push(figuresOf(await play(stages[name], { ...options, pairs: 1 }, sayWhere)));
      }
    }
  };
  await Promise.race([stages.here.posthorn.ended, stages.there.posthorn.ended, playAll()]);
  return { commit: other.commit, figures: compareFigures(found) };
}

/**
 * @param {{ here: Record<string, number>[], there: Record<string, number>[] }} found of each pair
 * @returns {Comparison["figures"]} what both have in every pair
 */
function compareFigures({ here, there }) {
  return Object.keys(here[0] ?? {}).flatMap((name) => {
    const pairs = here.map((figures, place) => [figures[name] ?? 0, there[place]?.[name] ?? 0]);
    if (pairs.some(([one, other]) => !one || !other)) return [];
    const of = (/** @type {(one: number, other: number) => number} */ pick) =>
      summarize(pairs.map(([one = 0, other = 0]) => pick(one, other)));
    return [
      {
        name,
        here: of((one) => one),
        there: of((_, other) => other),
        ratio: of((one, other) => one / other),
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
    ...figures.map(({ name, here, there, ratio }) =>
      row([name, number(here.mean), number(there.mean), interval(ratio, 2).padStart(24)]),
    ),
  ].join("\n");
}
