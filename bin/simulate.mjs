#!/usr/bin/env node
import { readArguments, wholeNumber } from "../e2e/support/read-arguments.mjs";
import { StartError } from "./embedded-postgres/start-error.mjs";
import { say } from "./launcher/progress.mjs";
import { reportError } from "./launcher/report-error.mjs";
import {
  loadsOf,
  movedByDirectory,
  movedByRendezvous,
  placeByDirectory,
  placeByRendezvous,
  splitLarge,
  spreadOf,
  zipfShares,
} from "./simulate/shards.mjs";
import { databaseCapacity, sizeFor } from "./simulate/sizing.mjs";

/**
 * A delivery's costs as measured (see docs/scaling.md), for events of 1 KB published 100 a request, and machines that are
 * common.
 * @type {import("./simulate/sizing.mjs").Costs}
 */
const defaults = {
  appUs: 140,
  databaseUs: 110,
  storedBytes: 1_900,
  walBytes: 3_200,
  retentionDays: 30,
  databaseCores: 32,
  databaseTb: 16,
  walMb: 200,
  processCores: 2,
  utilization: 0.5,
};

/** Each cost as an option. @type {Record<string, [keyof typeof defaults, string]>} */
const costOptions = {
  "app-us": ["appUs", "processor time of the app per delivery, µs"],
  "database-us": ["databaseUs", "processor time of PostgreSQL per delivery, µs"],
  "stored-bytes": ["storedBytes", "bytes that the database stores per delivery"],
  "wal-bytes": ["walBytes", "bytes of write-ahead log per delivery"],
  "retention-days": ["retentionDays", "days that deliveries are kept"],
  "database-cores": ["databaseCores", "cores per database"],
  "database-tb": ["databaseTb", "disk space per database, TB"],
  "wal-mb": ["walMb", "write-ahead log that a database can write, MB/s"],
  "process-cores": ["processCores", "cores that an app process can use"],
};

const usage = `npm run simulate -- [options]

Calculates how many databases and app processes delivery rates need, and how evenly workspaces of different sizes are
spread over them.

  --rates <list>           deliveries a second (10000,100000,1000000)
  --workspaces <n>         (10000)
  --zipf <exponent>        the n-th largest workspace has 1/n^exponent of the load of the largest (1); 0: all equal
${Object.entries(costOptions)
  .map(([name, [key, what]]) => `  --${`${name} <n>`.padEnd(22)} ${what} (${defaults[key]})`)
  .join("\n")}
  --utilization <share>    target utilization, which leaves room for peaks (${defaults.utilization})`;

/** Prints what the arguments ask for. */
function simulate() {
  const values = readArguments(
    process.argv.slice(2),
    {
      rates: { type: "string", default: "10000,100000,1000000" },
      workspaces: { type: "string", default: "10000" },
      zipf: { type: "string", default: "1" },
      utilization: { type: "string" },
      help: { type: "boolean", default: false },
      ...Object.fromEntries(
        Object.keys(costOptions).map((name) => [name, { type: /** @type {const} */ ("string") }]),
      ),
    },
    usage,
  );
  if (values.help) return say(usage);
  /** @type {Record<string, unknown>} */
  const given = values;
  const costs = { ...defaults };
  for (const [name, [key]] of Object.entries(costOptions)) {
    if (given[name] !== undefined) costs[key] = positive(name, given[name]);
  }
  if (values.utilization !== undefined) costs.utilization = positive("utilization", values.utilization);
  if (costs.utilization > 1) throw new StartError(`--utilization ${costs.utilization}: must be at most 1`);
  const zipf = values.zipf === "0" ? 0 : positive("zipf", values.zipf);
  const shares = zipfShares(wholeNumber("workspaces", values.workspaces) ?? 0, zipf);
  const rates = values.rates.split(",").map((rate) => positive("rates", rate));

  const { perSecond, boundBy } = databaseCapacity(costs);
  say(
    `A database bears ${round(perSecond)} deliveries a second at ${costs.utilization * 100} %, bound by its ${boundBy}.`,
  );
  say(`The largest of ${shares.length} workspaces has ${percent(shares[0] ?? 0)} of everything.\n`);
  say(row("a second", ["databases", "processes", "cores busy", "TB kept", "log MB/s"]));
  const sized = rates.map((rate) => ({ rate, ...sizeFor(rate, costs) }));
  for (const { rate, databases, processes, cores, storedTb, walMb } of sized)
    say(row(round(rate), [databases, processes, cores, storedTb, walMb].map(round)));
  for (const { rate, databases } of sized.filter(({ databases }) => databases > 1))
    spread({ rate, databases, shares, perSecond });
}

/** @param {{ rate: number, databases: number, shares: number[], perSecond: number }} options */
function spread({ rate, databases, shares, perSecond }) {
  // A part of a workspace takes a quarter of a database at most, so that others find room beside it.
  const whole = shares.map((share) => share * rate);
  const parts = splitLarge(whole, perSecond / 4);
  const split = whole.filter((one) => one > perSecond / 4).length;
  say(
    `\n${round(rate)} a second over ${databases} databases: ${split} workspaces are split, ${parts.length} parts in all`,
  );
  say(row("load, of the mean", ["p50", "p99", "most", "moved by one more", "load moved"]));
  const show = (
    /** @type {string} */ name,
    /** @type {number[]} */ placement,
    /** @type {number[]} */ of,
    /** @type {import("./simulate/shards.mjs").Moved} */ moved,
  ) => {
    const { p50, p99, max } = spreadOf(loadsOf(placement, of, databases));
    say(row(name, [p50.toFixed(2), p99.toFixed(2), max.toFixed(2), round(moved.items), percent(moved.load)]));
  };
  show(
    "hashing, unsplit",
    placeByRendezvous(whole.length, databases),
    whole,
    movedByRendezvous(whole, databases),
  );
  show("hashing", placeByRendezvous(parts.length, databases), parts, movedByRendezvous(parts, databases));
  show("directory", placeByDirectory(parts, databases), parts, movedByDirectory(parts, databases));
}

/**
 * @param {string} name
 * @param {unknown} text
 */
function positive(name, text) {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value)))
    throw new StartError(`--${name} ${text}: must be a number above 0`);
  return value;
}

/** @param {number} value */
const round = (value) =>
  (value < 10 ? Number(value.toPrecision(2)) : Math.round(value)).toLocaleString("en-US");

/** @param {number} share */
const percent = (share) => `${(share * 100).toFixed(1)} %`;

/**
 * @param {string} name
 * @param {string[]} cells
 */
function row(name, cells) {
  return `${name.padEnd(20)}${cells.map((cell) => cell.padStart(Math.max(12, cell.length + 2))).join("")}`;
}

try {
  simulate();
} catch (error) {
  reportError(error);
  process.exitCode = error instanceof StartError ? error.exitCode : 1;
}
