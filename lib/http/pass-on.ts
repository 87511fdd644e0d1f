import { randomUUID } from "node:crypto";
import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import net from "node:net";
import type { Duplex } from "node:stream";
import { type InnerServer, innerKeyHeader } from "./inner-server.mjs";
import { sendProblem } from "./send-answer";

/**
 * Headers for the next server only (RFC 9110 7.6.1). Node frames bodies itself, and has already met the expectation.
 */
const ofConnection = ["connection", "keep-alive", "proxy-connection", "upgrade", "expect"];

const agent = new http.Agent({ keepAlive: true });

/** Passes a request to Next. Body and answer are streamed. */
export function passOn(request: IncomingMessage, response: ServerResponse, inner: InnerServer): void {
  const { socketPath, key } = inner;
  const { method, url: path } = request;
  const headers = { ...without(ofConnection, request.headers), [innerKeyHeader]: key };
  const passed = http.request({ socketPath, agent, method, path, headers, setHost: false });
  // If the client disconnects, so does the request to Next.
  response.on("close", () => {
    if (!response.writableFinished) passed.destroy();
  });
  passed.on("response", (answer) => {
    const { statusCode = 502, headers } = answer;
    for (const [name, value] of Object.entries(without([...ofConnection, "transfer-encoding"], headers)))
      if (value !== undefined) response.setHeader(name, value);
    response.writeHead(statusCode);
    answer.on("error", () => response.destroy());
    answer.pipe(response);
  });
  passed.on("error", (error) => {
    if (response.destroyed) return;
    if (response.headersSent) response.destroy();
    // Wrapped, because by its code it would be taken for a database error.
    else sendProblem(request, response, new Error(`Next did not answer: ${error.message}`), randomUUID());
  });
  // Next may answer before the body arrives.
  passed.flushHeaders();
  // Next may answer before any of the body has arrived.
  passed.flushHeaders();
  request.pipe(passed);
}

/** Passes a connection to Next, for development tools. */
export function passUpgradeOn(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  { socketPath }: InnerServer,
): void {
  const passed = net.connect(socketPath);
  const lines = [`${request.method} ${request.url} HTTP/1.1`];
  for (let at = 0; at < request.rawHeaders.length; at += 2)
    lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`);
  passed.write(`${lines.join("\r\n")}\r\n\r\n`);
  passed.write(head);
  passed.pipe(socket).pipe(passed);
  passed.on("error", () => socket.destroy()).on("close", () => socket.destroy());
  socket.on("error", () => passed.destroy()).on("close", () => passed.destroy());
}

function without(names: string[], headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}
