import { setTimeout as sleep } from "node:timers/promises";
import { buildPreviousVersion } from "../../support/previous-version.mjs";
import { replaceInTurn } from "../replace-in-turn.mjs";

/**
 * Two processes of the version before are replaced by ones of this version, the first of which brings the database to its
 * schema. Meanwhile the other goes on as it is: nothing is refused, and nothing is lost.
 * @param {import("../stage.mjs").Stage} stage
 */
export async function upgradeInTurn(stage) {
  return replaceInTurn(stage, {
    checkout: await buildPreviousVersion(),
    beforeMs: [2_000, 4_000],
    // Both versions work side by side for a while.
    after: () => sleep(stage.random.between(4_000, 6_000)),
    delayMs: [0, 300],
  });
}
