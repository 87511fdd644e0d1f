import { randomUUID } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { AppError } from "../core/errors";
import { isStopping } from "../platform/stopping";
import { answerFirst } from "./answer-first";
import { noteRequest } from "./close-server";
import type { Lane } from "./lane";
import { nodeRequest } from "./node-request";
import { refuseConnection } from "./refuse-connection";
import { sendAnswer, sendProblem } from "./send-answer";

/**
 * How long a connection may be idle: longer than producers and load balancers keep theirs, many for 60 s. Whoever closes
 * one first has to be who sends: a request that meets the other end's close is lost, and may have been taken or not.
 */
const keepAliveMs = 75_000;

/**
 * The server that has the port.
 *
 * @param options.ready requests wait until then
 * @param options.lane what it answers itself, after what `answerFirst` does
 * @param options.passOn answers everything else
 */
export function createFront(options: {
  ready: Promise<void>;
  lane: Lane;
  passOn: (request: IncomingMessage, response: ServerResponse) => void;
}): http.Server {
  let isReady = false;
  options.ready.then(() => {
    isReady = true;
  });
  // Where `Host` is missing, Node would answer by itself.
  const server = http.createServer({ keepAliveTimeout: keepAliveMs, requireHostHeader: false });

  server.on("request", async (request, response) => {
    try {
      if (!isReady) await options.ready;
      noteRequest();
      // Whoever keeps the connection would send its next request to a process that is gone.
      if (isStopping()) response.setHeader("connection", "close");
      if (answerFirst(request, response)) return;
      const answers = answererOf(options.lane, request);
      if (answers) sendAnswer(request, response, await answers(nodeRequest(request), {}));
      else options.passOn(request, response);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else sendProblem(request, response, error, randomUUID());
    }
  });
  // An `Expect` other than `100-continue` (RFC 9110 10.1.1).
  server.on("checkExpectation", async (request, response) => {
    await options.ready;
    const error = new AppError("expectation_failed", "The header Expect may only be 100-continue.");
    sendProblem(request, response, error, randomUUID());
  });
  server.on("connect", (_request, socket) => {
    socket.end(refuseConnection("CONNECT"));
  });
  server.on("clientError", (error, socket) => {
    // A connection that broke reads no answer, and one must not begin within another.
    const isBroken = "code" in error && error.code === "ECONNRESET";
    if (isBroken || !socket.writable || isAnswering(socket)) socket.destroy();
    else socket.end(refuseConnection("code" in error ? String(error.code) : undefined));
  });
  return server;
}

function answererOf(lane: Lane, { method, url = "" }: IncomingMessage) {
  const [path] = url.split("?", 1);
  return lane.get(`${method === "HEAD" ? "GET" : method} ${path}`);
}

/** Whether an answer has begun on a connection. Node keeps it there, and knows no other place. */
function isAnswering(socket: object): boolean {
  const response = "_httpMessage" in socket ? socket._httpMessage : null;
  return response instanceof http.ServerResponse && response.headersSent;
}
