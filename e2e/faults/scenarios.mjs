import { hasPreviousVersion } from "../support/previous-version.mjs";
import { canMountDisk } from "../support/small-disk.mjs";
import { cutConnections } from "./scenarios/cut-connections.mjs";
import { freezeDatabase } from "./scenarios/database-freezes.mjs";
import { stopDatabase } from "./scenarios/database-stops.mjs";
import { flapReceiver } from "./scenarios/flapping-receiver.mjs";
import { fillDisk } from "./scenarios/full-disk.mjs";
import { killProcesses } from "./scenarios/kills.mjs";
import { stopInOrder } from "./scenarios/orderly-stops.mjs";
import { restartInTurn } from "./scenarios/rolling-restart.mjs";
import { killOneOfTwo } from "./scenarios/two-processes.mjs";
import { upgradeInTurn } from "./scenarios/upgrade.mjs";
import { Stage } from "./stage.mjs";

/** @typedef {import("./account-for.mjs").Account & { faults: number }} Outcome */

export const scenarioNames = /** @type {const} */ ([
  "kills",
  "database-stops",
  "cut-connections",
  "flapping-receiver",
  "two-processes",
  "orderly-stops",
  "rolling-restart",
  "upgrade",
  "database-freezes",
  "full-disk",
]);
/** @typedef {typeof scenarioNames[number]} ScenarioName */

/** @typedef {(stage: Stage, options: { kills: number }) => Promise<Outcome>} Scenario */

/**
 * What is done to a Posthorn under load. All of them end with the same questions: did everything that was answered 202
 * arrive, and does the log say so?
 * @type {Record<ScenarioName, Scenario>}
 */
const scenarios = {
  kills: killProcesses,
  "database-stops": stopDatabase,
  "cut-connections": cutConnections,
  "flapping-receiver": flapReceiver,
  "two-processes": killOneOfTwo,
  "orderly-stops": stopInOrder,
  "rolling-restart": restartInTurn,
  upgrade: upgradeInTurn,
  "database-freezes": freezeDatabase,
  "full-disk": fillDisk,
};

/**
 * Why a scenario cannot be played on this machine; `null` if it can.
 * @param {ScenarioName} name
 */
export function obstacleTo(name) {
  if (name === "full-disk" && !canMountDisk()) return "this account may not mount a disk";
  if (name === "upgrade" && !hasPreviousVersion()) return "this clone lacks the version before";
  return null;
}

/** @typedef {Outcome & { name: ScenarioName, seconds: number }} Played */

/**
 * Plays one, and ends all that it started.
 * @param {object} options
 * @param {ScenarioName} options.name
 * @param {number} options.seed decides what happens when; how far the processes have come by then is up to the machine
 * @param {number} options.kills of the scenario of that name
 * @param {(line: string) => void} options.say
 * @param {(close: () => Promise<void>) => void} options.onEnd takes what ends it if it is left in the middle
 * @returns {Promise<Played>}
 */
export async function playScenario({ name, seed, kills, say, onEnd }) {
  const startedAt = Date.now();
  const stage = await Stage.open({ seed, say });
  onEnd(() => stage.close());
  let isWell = false;
  try {
    const outcome = await scenarios[name](stage, { kills });
    isWell = isUnharmed(outcome);
    return { name, ...outcome, seconds: (Date.now() - startedAt) / 1_000 };
  } finally {
    if (!isWell) stage.keep();
    await stage.close();
  }
}

/** @param {Outcome} outcome */
export function isUnharmed({ missing, problems }) {
  return missing.length === 0 && problems.length === 0;
}
