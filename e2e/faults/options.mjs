import { randomInt } from "node:crypto";
import { StartError } from "../../bin/embedded-postgres/start-error.mjs";
import { readArguments, wholeNumber } from "../support/read-arguments.mjs";
import { scenarioNames } from "./scenarios.mjs";

export const usage = `npm run faults -- [options]

  --kills <n>         how many times the scenario "kills" kills processes (60)
  --only <name>       one of ${scenarioNames.join(", ")}; default: all
  --seed <n>          repeats the random choices of the run that printed this seed
  --no-build          uses the existing build`;

const seedMax = 2 ** 31;

/**
 * @typedef {object} FaultOptions
 * @property {boolean} help
 * @property {boolean} build
 * @property {import("./scenarios.mjs").ScenarioName[]} names
 * @property {number} kills
 * @property {number} seed
 */

/**
 * Reads the command line. Throws naming what is wrong with it.
 * @param {string[]} args
 * @returns {FaultOptions}
 */
export function readOptions(args) {
  const values = readArguments(
    args,
    {
      kills: { type: "string" },
      only: { type: "string" },
      seed: { type: "string" },
      "no-build": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
    usage,
  );
  const names = scenarioNames.filter((name) => values.only === undefined || values.only === name);
  if (names.length === 0) {
    throw new StartError(`--only ${values.only}: must be one of ${scenarioNames.join(", ")}`);
  }
  return {
    help: values.help,
    build: !values["no-build"],
    names,
    kills: wholeNumber("kills", values.kills) ?? 60,
    seed: wholeNumber("seed", values.seed) ?? randomInt(1, seedMax),
  };
}
