import { randomUUID } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { AppError } from "../core/errors";
import { requestBytesMax } from "../core/events";
import { isStopping } from "../platform/stopping";
import { metrics } from "../telemetry/metrics";
import { answerFirst } from "./answer-first";
import { noteRequest } from "./close-server";
import { Gate, tooBusy } from "./gate";
import type { Lane } from "./lane";
import { nodeRequest } from "./node-request";
import { problemAnswer } from "./problem";
import { refuseConnection } from "./refuse-connection";
import { sendAnswer, sendProblem } from "./send-answer";

/**
 * How long a connection may be idle: longer than producers and load balancers keep theirs, often 60 s. The sender has
 * to close it first: a request that meets the other end's close is lost, and may or may not have been processed.
 */
const keepAliveMs = 75_000;

/**
 * The most under way at a time. An event takes about ten times its size in memory until it is written, and requests
 * must be answered within two seconds, so more than this is better refused at once. A machine that is slow, or busy with
 * something else, gets through fewer in that time.
 */
export const publishingMax = {
  requests: 300,
  bytes: 16 * 1024 * 1024,
  waiting: { waitMs: 400, requestsMin: 32 },
};
/** The same for everything else that people and programs read and change. */
const othersMax = { requests: 400, bytes: 16 * 1024 * 1024 };

/**
 * The server on Posthorn's port.
 *
 * @param options.ready requests wait until then
 * @param options.lane what it answers itself, after what `answerFirst` does
 * @param options.passOn answers everything else
 * @param options.refusal the error that events are refused with for now; `null` if they are accepted
 */
export function createFront(options: {
  ready: Promise<void>;
  lane: Lane;
  passOn: (request: IncomingMessage, response: ServerResponse) => void;
  refusal: () => AppError | null;
}): http.Server {
  const gates = {
    waits: new Gate(othersMax),
    publishes: new Gate(publishingMax),
    others: new Gate(othersMax),
  };
  let isReady = false;
  options.ready.then(() => {
    isReady = true;
  });
  // Without this, Node itself answers requests that lack `Host`.
  const server = http.createServer({ keepAliveTimeout: keepAliveMs, requireHostHeader: false });

  server.on("request", async (request, response) => {
    try {
      if (!isReady) {
        if (!gates.waits.enter(request, response)) return refuse(request, response, tooBusy());
        await options.ready;
        if (response.destroyed) return;
      }
      noteRequest();
      // A client that keeps the connection would send its next request to a process that is gone.
      if (isStopping()) response.setHeader("connection", "close");
      if (answerFirst(request, response)) return;
      const entry = entryOf(options.lane, request);
      if (entry?.kind === "watches") {
        sendAnswer(request, response, await entry.answers(nodeRequest(request), {}));
        return;
      }
      const refusal = entry ? options.refusal() : null;
      const place = refusal ? null : gates[entry ? "publishes" : "others"].enter(request, response);
      if (!place) {
        metrics()?.requestRefused({
          of: entry ? "publish" : "others",
          reason: refusal ? "overload" : "busy",
        });
        refuse(request, response, refusal ?? tooBusy());
      } else if (entry) sendAnswer(request, response, await entry.answers(nodeRequest(request, place), {}));
      else options.passOn(request, response);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else sendProblem(request, response, error, randomUUID());
    }
  });
  // An `Expect` other than `100-continue` (RFC 9110 10.1.1).
  server.on("checkExpectation", async (request, response) => {
    await options.ready;
    const error = new AppError("expectation_failed", "The Expect header must be 100-continue, or left out.");
    sendProblem(request, response, error, randomUUID());
  });
  server.on("connect", (_request, socket) => {
    socket.end(refuseConnection("CONNECT"));
  });
  server.on("clientError", (error, socket) => {
    // No one reads an answer on a broken connection, and one must not begin within another.
    const isBroken = "code" in error && error.code === "ECONNRESET";
    if (isBroken || !socket.writable || isAnswering(socket)) socket.destroy();
    else socket.end(refuseConnection("code" in error ? String(error.code) : undefined));
  });
  return server;
}

/** The body is dropped, but read if it is not too long: a connection that ends with unread data is reset. */
function refuse(request: IncomingMessage, response: ServerResponse, error: AppError): void {
  const { status, headers, body } = problemAnswer(error, randomUUID());
  const isShort = Number(request.headers["content-length"] ?? Number.POSITIVE_INFINITY) <= requestBytesMax;
  if (!isShort) response.setHeader("connection", "close");
  request.resume();
  response.writeHead(status, headers).end(body);
}

function entryOf(lane: Lane, { method, url = "" }: IncomingMessage) {
  const [path] = url.split("?", 1);
  return lane.get(`${method === "HEAD" ? "GET" : method} ${path}`);
}

/** Whether an answer has begun on a connection. Node stores it only there. */
function isAnswering(socket: object): boolean {
  const response = "_httpMessage" in socket ? socket._httpMessage : null;
  return response instanceof http.ServerResponse && response.headersSent;
}
