import path from "node:path";
import { type MessagePort, parentPort } from "node:worker_threads";
import { bearLostConnections } from "@/db/connection/bear-lost-connections";
import { closeDatabase, shareConnectionsAs } from "@/db/connection/database";
import { forgetApiKeys } from "../../api-keys/find-api-key";
import { startSchemaThreads } from "../../event-types/judge-by-schema";
import { closeServer, wasAskedWithin } from "../../http/close-server";
import { createFront } from "../../http/front";
import { lane } from "../../http/lane";
import { Overload } from "../../http/overload";
import { packedAssets } from "../../http/packed-assets";
import { passOn, passUpgradeOn } from "../../http/pass-on";
import { collectGarbageOfStart } from "../../platform/collect-garbage";
import { forwardDatabaseFailures } from "../../platform/database-outage";
import { settings } from "../../platform/env";
import { coalesce, reportEngine, setLocalDrain } from "../../platform/signals";
import { beginStopping } from "../../platform/stopping";
import { startTelemetry, stopTelemetry } from "../../telemetry/start-telemetry";
import type { FromFront, ToFront } from "./thread-messages";

/**
 * The first event is claimed at once. A claim of 40 deliveries costs as much as one of ten, so later events wait to
 * be claimed together.
 */
const wakeEveryMs = 20;

/** The program of the front thread (see FrontThread). */
function serve(tell: (message: FromFront) => void): (message: ToFront) => Promise<void> {
  let wakes: MessagePort | null = null;
  const wake = coalesce(
    () => {
      if (wakes) wakes.postMessage(null);
      else tell({ tell: "signal" });
    },
    () => wake(),
    wakeEveryMs,
  );
  setLocalDrain(wake);
  if (settings().role !== "worker") startSchemaThreads();
  const overload = new Overload();
  let open = () => {};
  const ready = new Promise<void>((resolve) => {
    open = resolve;
  });
  let server: ReturnType<typeof createFront> | null = null;

  return async (message) => {
    if (message.ask === "listen") {
      const { port, hostname, inner, dev } = message;
      const answerPacked = dev ? () => false : packedAssets(path.join(process.cwd(), ".next", "static"));
      server = createFront({
        ready,
        lane,
        passOn: (request, response) => {
          if (!answerPacked(request, response)) passOn(request, response, inner);
        },
        refusal: () => overload.check(),
      });
      // Without a listener, Node treats a request for an upgrade as any other request (RFC 9110 7.8).
      if (dev) server.on("upgrade", (request, socket, head) => passUpgradeOn(request, socket, head, inner));
      server.on("error", (error) => tell({ tell: "cannotListen", message: error.message }));
      server.listen(port, hostname);
    } else if (message.ask === "open") {
      open();
    } else if (message.ask === "wakeBy") {
      wakes = message.wakes;
      wakes.on("close", () => {
        if (wakes === message.wakes) wakes = null;
      });
    } else if (message.ask === "noteEngine") {
      reportEngine(message.engine);
    } else if (message.ask === "forgetApiKeys") {
      forgetApiKeys();
    } else if (message.ask === "beginStopping") {
      beginStopping();
      tell({ tell: "stopping", wasAsked: wasAskedWithin(message.recentMs) });
    } else {
      if (server) await closeServer(server, message.withinMs);
      await Promise.all([closeDatabase(), stopTelemetry()]);
      tell({ tell: "closed" });
    }
  };
}

const port = parentPort;
if (port) {
  shareConnectionsAs("front");
  bearLostConnections();
  void startTelemetry("front");
  collectGarbageOfStart();
  forwardDatabaseFailures((failure) => port.postMessage({ tell: "databaseFailed", failure }));
  const answer = serve((message) => port.postMessage(message));
  port.on("message", (message: ToFront) => void answer(message));
}
