import { parentPort } from "node:worker_threads";

/** Speaks as the front does: it tells each question that it is asked as a failure's detail, and ends when it may not listen. */
parentPort?.on("message", (message) => {
  const tell = (/** @type {object} */ words) => parentPort?.postMessage(words);
  if (message.ask === "listen" && message.port === 0) process.exit(1);
  tell({ tell: "databaseFailed", failure: { summary: message.ask, detail: "" } });
  if (message.ask === "listen" && message.port === 1)
    tell({ tell: "cannotListen", message: "port 1 is taken" });
  if (message.ask === "open") tell({ tell: "signal" });
  if (message.ask === "beginStopping") tell({ tell: "stopping", wasAsked: message.recentMs > 5 });
  if (message.ask === "close") tell({ tell: "closed" });
  if (message.ask === "wakeBy") message.wakes.postMessage("look");
});
