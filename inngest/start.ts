import type { Inngest } from "inngest";
import { settings } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import {
  engineState,
  registerTransport,
  reportEngine,
  signalDue,
  signalEmails,
  signalReplays,
} from "@/lib/platform/signals";
import { hearProcesses } from "@/lib/processes/hear-processes";
import { signalProcesses } from "@/lib/processes/signal-processes";
import { embeddedClient, inngest } from "./client";
import { EmbeddedEngine } from "./embedded-engine/embedded-engine";
import { createFunctions } from "./functions";
import { watchServer } from "./watch-server";

/** `kind` is `null` if the functions run in other processes, and nothing but PostgreSQL leads there. */
export type Engine = { kind: "embedded" | "inngest" | null; stop(): Promise<void> };

const holder = globalThis as { posthornEngine?: Promise<Engine> };

/**
 * Starts what drives the functions, once in a process, and sends signals to it: the embedded engine, or the
 * Inngest server of the `INNGEST_*` settings, with which the functions are registered as soon as the app answers, and what
 * it loses is made good. `stop` ends it and waits for the requests that run.
 * A process whose role is `web` runs no functions: its signals leave for other processes.
 */
export function startEngine(): Promise<Engine> {
  const { inngest: server, role } = settings();
  if (role === "web") holder.posthornEngine ??= startElsewhere();
  else holder.posthornEngine ??= server ? startWithServer() : startEmbedded();
  return holder.posthornEngine;
}

async function startElsewhere(): Promise<Engine> {
  if (settings().inngest) {
    registerTransport(inngest().send.bind(inngest()));
    reportEngine({ kind: "inngest", started: true });
  } else registerTransport(signalProcesses);
  return { kind: engineState().kind, stop: async () => disconnectSignals() };
}

async function startEmbedded(): Promise<Engine> {
  const engine = new EmbeddedEngine();
  const client = embeddedClient(engine.fetch);
  await engine.start({ client, functions: createFunctions(client) });
  connectSignals("embedded", client);
  const hearing = settings().databaseIsEmbedded ? null : hearProcesses();
  return {
    kind: "embedded",
    stop: async () => {
      disconnectSignals();
      await Promise.all([engine.stop(), hearing?.stop()]);
    },
  };
}

async function startWithServer(): Promise<Engine> {
  const { baseUrl, signingKey = "" } = settings().inngest ?? {};
  if (baseUrl && signingKey.startsWith("signkey-")) {
    log().warn(
      "INNGEST_SIGNING_KEY: a self-hosted server wants bare hex on both sides, or its calls fail with 401",
    );
  }
  const watch = new AbortController();
  connectSignals("inngest", inngest());
  const watching = watchServer({
    serveUrl: `http://127.0.0.1:${settings().port}/api/inngest`,
    // Signals from before may be lost, timed ones too: they leave again.
    onRegistered: () => connectSignals("inngest", inngest()),
    signal: watch.signal,
  });
  return {
    kind: "inngest",
    stop: async () => {
      watch.abort();
      disconnectSignals();
      await watching;
    },
  };
}

function connectSignals(kind: "embedded" | "inngest", client: Inngest): void {
  registerTransport(client.send.bind(client));
  reportEngine({ kind, started: true });
  // What fell due while nothing ran doesn't wait for the first sweep.
  signalDue();
  signalReplays();
  signalEmails();
}

function disconnectSignals(): void {
  registerTransport(null);
  reportEngine({ started: false });
  holder.posthornEngine = undefined;
}
