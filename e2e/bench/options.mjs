import path from "node:path";
import { findBinaries, majorOf } from "../../bin/embedded-postgres/binaries.mjs";
import { StartError } from "../../bin/embedded-postgres/start-error.mjs";
import { oldestMajor } from "../../db/connection/oldest-major.mjs";
import { readArguments, wholeNumber } from "../support/read-arguments.mjs";
import { readKeptLog } from "./support/kept-log.mjs";

const scenarios = /** @type {const} */ ([
  "drain",
  "single",
  "batch",
  "steady",
  "isolation",
  "outage",
  "replay",
  "schemas",
  "signatures",
  "overload",
  "claims",
  "processes",
  "log",
]);
/** @typedef {typeof scenarios[number]} ScenarioName */

export const usage = `npm run bench -- [options]

  --only <names>      some of ${scenarios.join(", ")},
                      separated by commas; default: all
  --pairs <n>         pairs (drain, single, batch, isolation, outage, replay, schemas, processes) and rounds (signatures) (5)
  --deliveries <n>    deliveries of a drain (20000; processes and replay take half), and of the log (100000)
  --seconds <n>       of steady load and of overload; isolation, outage and schemas take a third of it for a run (60)
  --compare <commit>  also runs that commit, alternating with this tree, and prints both (not for claims, processes and log)
  --postgres <major>  ${oldestMajor}, the oldest supported version, instead of the bundled one
  --keep <folder>     fills the log's database there the first time, and only measures it in later runs (with --only log)
  --quick             one small round of everything: shows that it works, not how fast it is
  --json <file>       writes the results to a file
  --no-build          uses the existing build`;

/**
 * @typedef {object} Keep
 * @property {string} dir
 * @property {number} postgres major version
 * @property {import("./support/kept-log.mjs").KeptLog | null} log `null`: it is yet to be filled
 */

/**
 * @typedef {object} BenchOptions
 * @property {boolean} help
 * @property {boolean} build
 * @property {string | undefined} json
 * @property {readonly ScenarioName[]} scenarios
 * @property {string | undefined} compare a commit
 * @property {number | undefined} postgres
 * @property {Keep | undefined} keep
 * @property {number} pairs
 * @property {number} deliveries
 * @property {{ deliveries: number, requests: number }} log `requests`: of each kind, at most
 * @property {{ single: number, batch: number }} events that a pair publishes
 * @property {number} seconds of steady load, and of overload
 * @property {number} idleSeconds before it
 * @property {number} runSeconds of a run of isolation, and of outage without the outage
 * @property {number} due for the endpoint that never answers
 * @property {number} held through an outage
 * @property {{ endpoints: number, pending: number, dead: number, claims: number }} queue that is claimed from
 */

/**
 * Reads the command line. Throws naming what is wrong with it.
 * @param {string[]} args
 * @returns {BenchOptions}
 */
export function readOptions(args) {
  const values = readArguments(
    args,
    {
      only: { type: "string" },
      compare: { type: "string" },
      postgres: { type: "string" },
      keep: { type: "string" },
      pairs: { type: "string" },
      deliveries: { type: "string" },
      seconds: { type: "string" },
      quick: { type: "boolean", default: false },
      json: { type: "string" },
      "no-build": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
    usage,
  );
  // Those are measured by the sources and the launcher of this tree; a log is filled by them.
  const onlyHere = ["claims", "processes", "log"];
  const all = scenarios.filter((name) => values.compare === undefined || !onlyHere.includes(name));
  const names = values.only?.split(",") ?? all;
  const only = all.filter((name) => names.includes(name));
  if (only.length !== names.length)
    throw new StartError(`--only ${values.only}: must be some of ${all.join(", ")}, with commas between`);
  const postgres = wholeNumber("postgres", values.postgres);
  if (postgres !== undefined && postgres !== oldestMajor)
    throw new StartError(
      `--postgres ${postgres}: must be ${oldestMajor}; without it, it is the version that is brought along`,
    );
  if (values.keep !== undefined && (only.length !== 1 || only[0] !== "log"))
    throw new StartError("--keep is for --only log: the other benchmarks need an empty database");
  const keep = values.keep === undefined ? undefined : openKept(path.resolve(values.keep), postgres);
  const deliveries = wholeNumber("deliveries", values.deliveries);
  const seconds = wholeNumber("seconds", values.seconds) ?? (values.quick ? 10 : 60);
  return {
    help: values.help,
    build: !values["no-build"],
    json: values.json,
    compare: values.compare,
    scenarios: only,
    postgres,
    keep,
    pairs: wholeNumber("pairs", values.pairs) ?? (values.quick ? 1 : 5),
    deliveries: deliveries ?? (values.quick ? 2_000 : 20_000),
    log: {
      deliveries: keep?.log?.deliveries ?? deliveries ?? (values.quick ? 20_000 : 100_000),
      requests: values.quick ? 10 : 100,
    },
    events: values.quick ? { single: 500, batch: 2_000 } : { single: 4_000, batch: 20_000 },
    seconds,
    idleSeconds: values.quick ? 3 : 60,
    runSeconds: Math.ceil(seconds / 3),
    due: values.quick ? 1_000 : 10_000,
    held: values.quick ? 2_000 : 50_000,
    queue: values.quick
      ? { endpoints: 100, pending: 20_000, dead: 2_000, claims: 50 }
      : { endpoints: 1_000, pending: 1_000_000, dead: 100_000, claims: 500 },
  };
}

/**
 * @param {string} dir
 * @param {number | undefined} older version than the embedded one
 * @returns {Keep}
 */
function openKept(dir, older) {
  const major = older ?? majorOf(findBinaries(null).version);
  return { dir, postgres: major, log: readKeptLog(dir, major) };
}
