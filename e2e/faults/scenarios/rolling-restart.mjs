import { setTimeout as sleep } from "node:timers/promises";
import { replaceInTurn } from "../replace-in-turn.mjs";

/**
 * Two processes are restarted one after the other, as a change of settings does: nothing is refused, and nothing is sent
 * twice.
 * @param {import("../stage.mjs").Stage} stage
 */
export async function restartInTurn(stage) {
  const settled = await replaceInTurn(stage, {
    beforeMs: [1_000, 3_000],
    // Until the load balancer has seen it.
    after: () => sleep(1_000),
    delayMs: [0, 500],
  });
  const twice = settled.duplicates.map(({ webhookId, times }) => `${webhookId} was sent ${times} times`);
  return { ...settled, problems: [...settled.problems, ...twice] };
}
