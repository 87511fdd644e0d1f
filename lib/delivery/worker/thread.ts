import { parentPort } from "node:worker_threads";
import { closeDatabase } from "@/db/connection/database";
import { forwardDatabaseFailures } from "../../platform/database-outage";
import { describeDatabaseError } from "../../platform/describe-database-error";
import { settings } from "../../platform/env";
import { log } from "../../platform/log";
import { registerOthers, registerTransport, signalDue } from "../../platform/signals";
import { startTelemetry, stopTelemetry } from "../../telemetry/start-telemetry";
import { closeAgent } from "../http-client/agent";
import { drainDue } from "./drain";
import { LeaseOwner } from "./lease-owner";
import type { FromThread, ToThread } from "./thread-messages";
import { workerPool } from "./worker-pool";

/** The program of the thread that delivers (see DeliveryThread). Its signals leave through the process's own. */
function serve(tell: (message: FromThread) => void): (message: ToThread) => Promise<void> {
  registerTransport(async (signal) => tell({ tell: "signal", signal }));
  registerOthers(async () => tell({ tell: "signalOthers" }));
  const leaseOwner = new LeaseOwner(settings().processId);
  workerPool().leaseOwner = leaseOwner;
  let draining: Promise<void> | null = null;
  return async (message) => {
    if (message.ask === "drain") {
      draining = drainDue().then(
        (result) => tell({ tell: "drained", result }),
        (error: unknown) => tell({ tell: "drainFailed", error, code: codeOf(error) }),
      );
    } else if (message.ask === "wake") {
      // A drain that ended as this came in is not there to be woken: then it leaves as a signal.
      signalDue();
    } else {
      await workerPool().stop(message.withinMs);
      await draining;
      await leaseOwner.end();
      await closeAgent();
      await Promise.all([closeDatabase(), stopTelemetry()]);
      tell({ tell: "stopped" });
    }
  };
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error ? String(error.code) : null;
}

/** postgres.js leaves a rejection unhandled if a connection is lost as it opens, and opens another: no reason to end. */
function bearLostConnection(error: unknown): void {
  if (!describeDatabaseError(error)?.passes) throw error;
  log().warn({ error }, "a connection to the database was lost as it opened");
}

const port = parentPort;
if (port) {
  process.on("unhandledRejection", bearLostConnection);
  void startTelemetry("delivery");
  forwardDatabaseFailures((failure) => port.postMessage({ tell: "databaseFailed", failure }));
  const answer = serve((message) => port.postMessage(message));
  port.on("message", (message: ToThread) => void answer(message));
}
