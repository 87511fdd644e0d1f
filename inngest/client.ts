import { Inngest } from "inngest";
import { settings } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";

const holder = globalThis as { posthornInngest?: Inngest; posthornEmbeddedFetch?: typeof fetch };

/** Beyond this a server that does not answer counts as unreachable, so that waiting signals don't pile up. */
const serverTimeoutMs = 10_000;

/** No function has steps, and a run may last 20 s: nothing in it is worth saving in between. */
const checkpointing = false;

/**
 * The process's Inngest client. Without the `INNGEST_*` settings its requests go to the embedded engine
 * instead of over the network; with them it is a normal client of that server.
 */
export function inngest(): Inngest {
  holder.posthornInngest ??= createClient();
  return holder.posthornInngest;
}

/** Tells the client where the embedded engine listens. */
export function setEmbeddedFetch(embeddedFetch: typeof fetch): void {
  holder.posthornEmbeddedFetch = embeddedFetch;
}

function createClient(): Inngest {
  const server = settings().inngest;
  const logger = log().child({ part: "inngest" });
  if (!server) {
    return new Inngest({
      id: "posthorn",
      isDev: true,
      checkpointing,
      baseUrl: "http://embedded-engine.invalid",
      eventKey: "embedded",
      logger,
      fetch: async (input, init) => {
        if (!holder.posthornEmbeddedFetch) throw new Error("The embedded engine is not started");
        return holder.posthornEmbeddedFetch(input, init);
      },
    });
  }
  return new Inngest({
    id: "posthorn",
    isDev: server.dev,
    checkpointing,
    baseUrl: server.baseUrl,
    eventKey: server.eventKey,
    signingKey: server.signingKey,
    logger,
    fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(serverTimeoutMs) }),
  });
}
