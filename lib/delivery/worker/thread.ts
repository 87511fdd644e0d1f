import { parentPort } from "node:worker_threads";
import { bearLostConnections } from "@/db/connection/bear-lost-connections";
import { closeDatabase, shareConnectionsAs } from "@/db/connection/database";
import { collectGarbageOfStart } from "../../platform/collect-garbage";
import { forwardDatabaseFailures } from "../../platform/database-outage";
import { settings } from "../../platform/env";
import { registerOthers, registerTransport, signalDue } from "../../platform/signals";
import { startTelemetry, stopTelemetry } from "../../telemetry/start-telemetry";
import { closeAgent } from "../http-client/agent";
import { openReceiversBy } from "../self-test-receiver";
import { drainDue } from "./drain";
import { LeaseOwner } from "./lease-owner";
import type { FromThread, ToThread } from "./thread-messages";
import { workerPool } from "./worker-pool";

/** The program of the delivering thread (see DeliveryThread). Its signals are sent by the process. */
function serve(tell: (message: FromThread) => void): (message: ToThread) => Promise<void> {
  registerTransport(async (signal) => tell({ tell: "signal", signal }));
  registerOthers(async () => tell({ tell: "signalOthers" }));
  const leaseOwner = new LeaseOwner(settings().processId);
  workerPool().leaseOwner = leaseOwner;
  let draining: Promise<void> | null = null;
  let settlePort = (_port: number | null) => {};
  openReceiversBy(
    () =>
      new Promise((resolve, reject) => {
        settlePort = (port) =>
          port === null ? reject(new Error("the process has no receivers")) : resolve(port);
        tell({ tell: "needsReceivers" });
      }),
  );
  return async (message) => {
    if (message.ask === "drain") {
      draining = drainDue().then(
        (result) => tell({ tell: "drained", result }),
        (error: unknown) => tell({ tell: "drainFailed", error, code: codeOf(error) }),
      );
    } else if (message.ask === "wake") {
      // If a drain ended just as this came in, it cannot be woken, so this is sent as a signal.
      signalDue();
    } else if (message.ask === "hearWakes") {
      message.wakes.on("message", signalDue);
    } else if (message.ask === "sendSelfTestsTo") {
      settlePort(message.port);
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

const port = parentPort;
if (port) {
  shareConnectionsAs("delivery");
  bearLostConnections();
  void startTelemetry("delivery");
  collectGarbageOfStart();
  forwardDatabaseFailures((failure) => port.postMessage({ tell: "databaseFailed", failure }));
  const answer = serve((message) => port.postMessage(message));
  port.on("message", (message: ToThread) => void answer(message));
}
