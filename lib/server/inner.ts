import { randomUUID } from "node:crypto";
import type http from "node:http";
import type { InnerServer } from "../http/inner-server.mjs";
import { sendProblem } from "../http/send-answer";

/** Next's server, provided by `bin/launcher/serve.mjs`. */
export type Inner = {
  server: http.Server;
  address: InnerServer;
  /** Where the front listens. */
  listenOn: { port: number; hostname: string };
  dev: boolean;
  /** Resolves when Next can answer. */
  prepared: Promise<void>;
  /** Answers a request that Next failed to answer. */
  answerFailure?: (request: http.IncomingMessage, response: http.ServerResponse, error: unknown) => void;
};

const holder = globalThis as { posthornInner?: Inner };

/** Next's server, which from now on also answers requests that Next fails to answer. */
export function innerServer(): Inner {
  const inner = holder.posthornInner;
  if (!inner) throw new Error("the app was not started by bin/launcher/serve.mjs");
  inner.answerFailure = (request, response, error) => sendProblem(request, response, error, randomUUID());
  return inner;
}
