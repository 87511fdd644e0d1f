import { setTimeout as sleep } from "node:timers/promises";
import { Supervisor } from "../supervisor.mjs";

const firstStartKills = 2;
const soonShare = 0.25;

/**
 * Kills Posthorn's processes with SIGKILL at random moments under load: some while it runs, a quarter of them before it
 * has recovered from the one before, and the first ones before it has ever been ready.
 * @param {import("../stage.mjs").Stage} stage
 * @param {{ kills: number }} options
 */
export async function killProcesses(stage, { kills }) {
  const { random, say, installation } = stage;
  const supervisor = await Supervisor.make(stage);
  for (let kill = 1; kill <= firstStartKills; kill += 1) {
    await supervisor.run();
    await sleep(random.between(0, 4_000));
    await supervisor.kill("everything");
    say("  killed before it was ever ready");
  }
  await supervisor.ready();
  await installation.addWebhooks(stage.receiver);
  // Slow enough for something to be in flight whenever a process is killed.
  await stage.receiver.call("behave", { mode: "well", delayMs: [0, 200] });

  const driver = stage.startDriver();
  for (let kill = 1; kill <= kills; ) {
    const target = random.pick(Supervisor.targets);
    if (random.chance(soonShare)) {
      await supervisor.run();
      await sleep(random.between(0, 1_500));
    } else {
      await supervisor.ready();
      await sleep(random.between(0, 3_000));
    }
    if (!(await supervisor.kill(target))) continue;
    say(`  kill ${kill}/${kills}: ${target}, ${driver.acceptedCount} events accepted so far`);
    kill += 1;
  }
  await supervisor.ready();
  return { faults: kills + firstStartKills, ...(await stage.settle()) };
}
