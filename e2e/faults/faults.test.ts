import { randomInt } from "node:crypto";
import { type TestContext, test } from "vitest";
import { formatReport } from "./report.mjs";
import { obstacleTo, playScenario, type ScenarioName } from "./scenarios.mjs";

/** For failing; a run waits for leases of a minute to lapse. */
const timeout = 900_000;
const kills = 10;

/**
 * Each on a Posthorn of its own. They wait a lot, for leases and for what was broken, so they run side by side. The first
 * takes longest, since it installs and builds the version before.
 */
test.concurrent(
  "processes of the version before are replaced by this one under load: nothing is refused or lost",
  { timeout, skip: obstacleTo("upgrade") !== null },
  (context) => expectNoLoss(context, "upgrade"),
);

test.concurrent(
  "whatever is killed at whatever moment, what was answered 202 arrives, and the log says so",
  { timeout },
  (context) => expectNoLoss(context, "kills"),
);

test.concurrent(
  "while a database is stopped, publishing is answered 503 and never by a false 202",
  { timeout },
  (context) => expectNoLoss(context, "database-stops"),
);

test.concurrent(
  "while connections to the database are cut over and over, every answer is a 2xx or a 503",
  { timeout },
  (context) => expectNoLoss(context, "cut-connections"),
);

test.concurrent(
  "a receiver that refuses, fails and cuts connections gets everything in the end",
  { timeout },
  (context) => expectNoLoss(context, "flapping-receiver"),
);

test.concurrent(
  "two processes share ten requests at a time to a webhook, and one sends what the other was killed with",
  { timeout },
  (context) => expectNoLoss(context, "two-processes"),
);

test.concurrent(
  "stopped in order under load, it ends by itself within 20 s and sends nothing twice",
  { timeout },
  (context) => expectNoLoss(context, "orderly-stops"),
);

test.concurrent(
  "one of two processes behind a load balancer is restarted under load, then the other, and nobody notices",
  { timeout },
  (context) => expectNoLoss(context, "rolling-restart"),
);

test.concurrent(
  "while a database is frozen, publishing is answered 503 within seconds, and health at once",
  { timeout },
  (context) => expectNoLoss(context, "database-freezes"),
);

test.concurrent(
  "on a full disk publishing is answered 503, nothing is half written, and what was accepted arrives",
  { timeout, skip: obstacleTo("full-disk") !== null },
  (context) => expectNoLoss(context, "full-disk"),
);

async function expectNoLoss({ expect, onTestFinished }: TestContext, name: ScenarioName): Promise<void> {
  const seed = randomInt(1, 2 ** 31);
  const say = (line: string) => console.log(`${name} (seed ${seed}): ${line.trim()}`);
  const played = await playScenario({ name, seed, kills, say, onEnd: onTestFinished });
  say(`\n${formatReport([played])}`);
  const { accepted, missing, problems } = played;
  expect({ seed, missing, problems }).toEqual({ seed, missing: [], problems: [] });
  expect(accepted).toBeGreaterThan(0);
}
