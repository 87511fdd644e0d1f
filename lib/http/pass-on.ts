import { randomUUID } from "node:crypto";
import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import net from "node:net";
import type { Duplex } from "node:stream";
import { type InnerServer, innerKeyHeader } from "./inner-server.mjs";
import { sendProblem } from "./send-answer";

/** What is said to the next server alone (RFC 9110 7.6.1). Node frames bodies by itself, and has met what was expected. */
const ofConnection = ["connection", "keep-alive", "proxy-connection", "upgrade", "expect"];

const agent = new http.Agent({ keepAlive: true });

/** Has Next answer a request: body and answer go through as they come. */
export function passOn(request: IncomingMessage, response: ServerResponse, inner: InnerServer): void {
  const { socketPath, key } = inner;
  const { method, url: path } = request;
  const headers = { ...without(ofConnection, request.headers), [innerKeyHeader]: key };
  const passed = http.request({ socketPath, agent, method, path, headers, setHost: false });
  // A client that is gone is gone for Next, too.
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
    // Not as it is: by its code it would be taken for the database's.
    else sendProblem(request, response, new Error(`Next did not answer: ${error.message}`), randomUUID());
  });
  // Next may answer before a body comes.
  passed.flushHeaders();
  // Next may answer before any of the body has come.
  passed.flushHeaders();
  request.pipe(passed);
}

/** Has Next take over a connection, as the tools of development ask for. */
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
