import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { log } from "@/lib/platform/log";

const retryMs = 2000;

const answerSchema = z.object({ modified: z.boolean() });

/**
 * Registers the app's functions with the Inngest server: a `PUT` to its own route, which then calls the server.
 * Tries until it works, because the app may not listen yet and the server may be away.
 */
export async function registerWithServer(serveUrl: string, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    const { mistake, modified } = await tryToRegister(serveUrl, signal);
    if (signal.aborted) return;
    if (mistake === null) {
      log()[modified ? "info" : "debug"]({ modified }, "the functions are registered with Inngest");
      return;
    }
    // The first try is expected to come too early.
    if (failures % 15 === 1) log().warn({ mistake }, "cannot register the functions with Inngest yet");
    await sleep(retryMs, undefined, { signal, ref: false }).catch(() => {});
  }
}

type Result = { mistake: string; modified: null } | { mistake: null; modified: boolean };

async function tryToRegister(serveUrl: string, signal: AbortSignal): Promise<Result> {
  try {
    const timeout = AbortSignal.timeout(15_000);
    const response = await fetch(serveUrl, { method: "PUT", signal: AbortSignal.any([signal, timeout]) });
    const text = await response.text();
    if (!response.ok) return { mistake: `${response.status} ${text}`, modified: null };
    return { mistake: null, ...answerSchema.parse(JSON.parse(text)) };
  } catch (error) {
    const mistake =
      error instanceof Error
        ? `${error.message}${error.cause ? ` (${String(error.cause)})` : ""}`
        : String(error);
    return { mistake, modified: null };
  }
}
