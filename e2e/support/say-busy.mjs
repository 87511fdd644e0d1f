import { appendFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";

// Loaded ahead of the app's process: the first time that it asks how busy its main thread was, it was busy. Each answer
// becomes a line of the file.
const file = process.env.SAY_BUSY_FILE;
if (file && isMainThread && process.argv[1]?.endsWith("serve.mjs")) {
  const ask = performance.eventLoopUtilization.bind(performance);
  let isBusy = true;
  performance.eventLoopUtilization = (now, before) => {
    const asked = ask(now, before);
    if (!before) return asked;
    const answer = { ...asked, utilization: isBusy ? 1 : 0 };
    appendFileSync(file, isBusy ? "busy\n" : "calm\n");
    isBusy = false;
    return answer;
  };
}
