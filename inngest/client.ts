import { Inngest } from "inngest";
import { settings } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";

const holder = globalThis as { posthornInngest?: Inngest };

/** Beyond this a server that does not answer counts as unreachable, so that waiting signals don't pile up. */
const serverTimeoutMs = 10_000;

/** No function has steps, and a run may last 20 s: nothing in it is worth saving in between. */
const checkpointing = false;

/** The process's client of the Inngest server of the `INNGEST_*` settings. */
export function inngest(): Inngest {
  holder.posthornInngest ??= createClient();
  return holder.posthornInngest;
}

function createClient(): Inngest {
  const server = settings().inngest;
  if (!server) throw new Error("No INNGEST_* settings name a server");
  return new Inngest({
    ...shared(),
    isDev: server.dev,
    baseUrl: server.baseUrl,
    eventKey: server.eventKey,
    signingKey: server.signingKey,
    fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(serverTimeoutMs) }),
  });
}

/** A client whose requests go to the embedded engine instead of over the network. */
export function embeddedClient(engineFetch: typeof fetch): Inngest {
  return new Inngest({
    ...shared(),
    isDev: true,
    baseUrl: "http://embedded-engine.invalid",
    eventKey: "embedded",
    fetch: engineFetch,
  });
}

const shared = () => ({ id: "posthorn", checkpointing, logger: log().child({ part: "inngest" }) });
