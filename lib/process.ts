import { privateTargetTexts } from "./delivery/constants";
import { startDeliveryThread } from "./delivery/deliver-due";
import { settings } from "./env";
import { registerFront } from "./http/front";
import { log } from "./log";
import { start, stop } from "./start";

type Engine = { kind: string; stop(): Promise<void> };

/**
 * Runs the process: starts what comes before the first request, then the engine, and ends both in order on SIGTERM,
 * SIGINT, or when the launcher is gone.
 */
export async function startProcess(startEngine: () => Promise<Engine>): Promise<void> {
  // A launcher that is killed meanwhile says so once.
  const leave = () => process.exit(0);
  process.once("disconnect", leave);
  if (process.connected === false) leave();
  registerFront();
  await start();
  startDeliveryThread();
  const engine = await startEngine();
  const { databaseIsEmbedded, privateTargets } = settings();
  log().info({ engine: engine.kind, database: databaseIsEmbedded ? "embedded" : "own" }, "started");
  log()[privateTargets === "all" ? "warn" : "info"]({ privateTargets }, privateTargetTexts[privateTargets]);

  let ending = false;
  const end = async (reason: string) => {
    if (ending) return;
    ending = true;
    log().info({ reason }, "stopping");
    // The engine first: it signals and claims no more. Then what is in flight.
    await Promise.all([engine.stop(), stop()]);
    process.exit(0);
  };
  process.on("SIGTERM", () => void end("SIGTERM"));
  process.on("SIGINT", () => void end("SIGINT"));
  process.on("disconnect", () => void end("the launcher is gone"));
  process.off("disconnect", leave);
}
