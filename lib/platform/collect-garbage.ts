import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** By then the start is over. */
const afterMs = 10_000;

/**
 * Collects this thread's garbage once, ten seconds from now, which takes 10 to 50 ms. Garbage of the start, a third
 * of the heap, would otherwise stay for hours in a process with little to do.
 */
export function collectGarbageOfStart(): void {
  setTimeout(() => {
    setFlagsFromString("--expose-gc");
    const collect: unknown = runInNewContext("gc");
    if (typeof collect === "function") collect();
  }, afterMs).unref();
}
