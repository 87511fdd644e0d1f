import { setTimeout as sleep } from "node:timers/promises";
import { shareConnectionsAs } from "@/db/connection/database";
import { privateTargetTexts } from "../core/delivery-limits";
import { openReceiversBy } from "../delivery/self-test-receiver";
import { startDeliveryThread } from "../delivery/worker/deliver-due";
import { startSchemaThreads } from "../event-types/judge-by-schema";
import { collectGarbageOfStart } from "../platform/collect-garbage";
import { settings } from "../platform/env";
import { log } from "../platform/log";
import { beginStopping } from "../platform/stopping";
import { untilCalm } from "../platform/until-calm";
import { openOwnReceivers } from "../self-test/receivers";
import { startTelemetry } from "../telemetry/start-telemetry";
import { FrontThread } from "./front/front-thread";
import { innerServer } from "./inner";
import { start, stop } from "./start";

/** Whoever checks health does so more often. */
const recentMs = 10_000;
/** Preloading makes a start at most this long. */
const calmMsMax = 2_000;

type Engine = { kind: string | null; stop(): Promise<void> };

/**
 * Runs the process: starts what comes before the first request, then the engine. On SIGTERM, on SIGINT, or when the
 * launcher is gone, it stops in order: health says `stopping` for a while, everything goes on as before, and only
 * then it ends.
 */
export async function startProcess(startEngine: () => Promise<Engine>): Promise<void> {
  // If the launcher is killed meanwhile, this happens once.
  const leave = () => process.exit(0);
  process.once("disconnect", leave);
  if (process.connected === false) leave();
  shareConnectionsAs("main");
  const inner = innerServer();
  const front = new FrontThread(inner, cannotListen);
  await start();
  await startTelemetry("main");
  const { databaseIsEmbedded, privateTargets, role } = settings();
  openReceiversBy(openOwnReceivers);
  if (role !== "web") startDeliveryThread();
  if (role !== "worker") startSchemaThreads();
  const engine = await startEngine();
  collectGarbageOfStart();
  // Next can answer a little later, and then loads its pages: half a second that first requests would have to wait.
  void inner.prepared.then(() => (inner.dev ? undefined : untilCalm(calmMsMax))).then(() => front.open());
  log().info({ role, engine: engine.kind, database: databaseIsEmbedded ? "embedded" : "own" }, "started");
  log()[privateTargets === "all" ? "warn" : "info"]({ privateTargets }, privateTargetTexts[privateTargets]);

  let ending = false;
  const end = async (reason: string) => {
    if (ending) return;
    ending = true;
    beginStopping();
    log().info({ reason }, "stopping");
    // A proxy learns it from /api/health and sends its requests elsewhere; without a proxy there is nothing to wait
    // for.
    if (await front.beginStopping(recentMs)) await sleep(settings().stopDelaySeconds * 1_000);
    // The engine first, so that it signals and claims no more. Then what is in flight.
    const closeServers = async (withinMs: number) => {
      await front.close(withinMs);
      inner.server.close();
    };
    await Promise.all([engine.stop(), stop(closeServers)]);
    process.exit(0);
  };
  process.on("SIGTERM", () => void end("SIGTERM"));
  process.on("SIGINT", () => void end("SIGINT"));
  process.on("disconnect", () => void end("the launcher is gone"));
  process.off("disconnect", leave);
}

function cannotListen(message: string): void {
  process.stderr.write(`posthorn: ${message}\n`);
  process.exit(1);
}
