import { parentPort } from "node:worker_threads";

/** Speaks as the thread that delivers does, and ends when the second drain is asked for. */
let drains = 0;
let wakes = 0;
parentPort?.on("message", (message) => {
  if (message.ask === "drain") {
    drains += 1;
    if (drains === 2) process.exit(1);
  } else if (message.ask === "wake") {
    wakes += 1;
    const ts = Date.now() + 30_000;
    parentPort?.postMessage({
      tell: "signal",
      signal: { name: "posthorn/deliveries.due", id: `due:${ts}`, ts },
    });
    parentPort?.postMessage({ tell: "drained", result: { delivered: wakes, more: false } });
  } else {
    parentPort?.postMessage({ tell: "stopped" });
  }
});
