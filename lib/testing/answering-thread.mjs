import { parentPort, threadId } from "node:worker_threads";

/** A thread of a pool: it answers with what it is asked and who it is, hangs on `hang`, and ends on `end`. */
parentPort?.on("message", (question) => {
  if (question === "end") process.exit(1);
  if (question === "hang") for (;;);
  const { wait, text } = typeof question === "string" ? { wait: null, text: question } : question;
  // A shared flag: the test says when.
  if (wait) Atomics.wait(new Int32Array(wait), 0, 0);
  parentPort?.postMessage({ text, threadId });
});
