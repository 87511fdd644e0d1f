import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApiAnswer } from "./api-request";
import { problemAnswer } from "./problem";

/** Sends an answer. If the body has not been read, the connection is closed. */
export function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: ApiAnswer,
): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    ...headers,
    "content-length": body === null ? 0 : Buffer.byteLength(body),
    ...(awaitsBody(request) ? { connection: "close" } : {}),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

/** Sends an error (see `problemAnswer`). */
export function sendProblem(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  requestId: string,
): void {
  sendAnswer(request, response, problemAnswer(error, requestId));
}

function awaitsBody({ complete, headers }: IncomingMessage): boolean {
  return !complete && (headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined);
}
