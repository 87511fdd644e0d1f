import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "../core/errors";
import { isStopping } from "../platform/stopping";
import { answerFirst } from "./answer-first";
import { noteRequest } from "./close-server";
import { refuseConnection } from "./refuse-connection";
import { sendProblem } from "./send-answer";

/** What the HTTP server (`bin/launcher/serve.mjs`) asks of the app, whose modules it can't load. */
export type Front = {
  /** Gives a request its answer, or `false` for one that is Next's. */
  answerFirst(request: IncomingMessage, response: ServerResponse): boolean;
  /** The answer to what Node's parser refused, as bytes for the socket. */
  refuseConnection(code: string | undefined): string;
  /** Answers an `Expect` other than `100-continue` (RFC 9110 10.1.1). */
  refuseExpectation(request: IncomingMessage, response: ServerResponse): void;
  /** Answers what Next failed at without answering. */
  answerFailure(request: IncomingMessage, response: ServerResponse, error: unknown): void;
};

/** Puts the app in front of Next, for the server to find. */
export function registerFront(): void {
  const front: Front = {
    answerFirst: (request, response) => {
      noteRequest();
      // Whoever keeps the connection would send its next request to a process that is gone.
      if (isStopping()) response.setHeader("connection", "close");
      return answerFirst(request, response);
    },
    refuseConnection,
    refuseExpectation: (request, response) => {
      const error = new AppError("expectation_failed", "The header Expect may only be 100-continue.");
      sendProblem(request, response, error, randomUUID());
    },
    answerFailure: (request, response, error) => sendProblem(request, response, error, randomUUID()),
  };
  Object.assign(globalThis, { posthornFront: front });
}
