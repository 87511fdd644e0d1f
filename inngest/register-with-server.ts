import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@/lib/log";

const retryMs = 2000;

/**
 * Has the app tell the Inngest server of its functions: a `PUT` to its own route, which then calls the server.
 * Tries until it works, because the app may not listen yet and the server may be away.
 */
export async function registerWithServer(serveUrl: string, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    const mistake = await tryToRegister(serveUrl, signal);
    if (signal.aborted) return;
    if (mistake === null) {
      log().info("the functions are registered with Inngest");
      return;
    }
    // The first try is expected to come too early.
    if (failures % 15 === 1) log().warn({ mistake }, "cannot register the functions with Inngest yet");
    await sleep(retryMs, undefined, { signal, ref: false }).catch(() => {});
  }
}

async function tryToRegister(serveUrl: string, signal: AbortSignal): Promise<string | null> {
  try {
    const timeout = AbortSignal.timeout(15_000);
    const response = await fetch(serveUrl, { method: "PUT", signal: AbortSignal.any([signal, timeout]) });
    return response.ok ? null : `${response.status} ${await response.text()}`;
  } catch (error) {
    return error instanceof Error
      ? `${error.message}${error.cause ? ` (${String(error.cause)})` : ""}`
      : String(error);
  }
}
