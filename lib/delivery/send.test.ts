import http from "node:http";
import net, { type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { listen } from "../testing/listen";
import { sendOnce } from "../testing/send-once";
import { DeliveryAgent } from "./http-client/agent";

const agent = new DeliveryAgent({ targets: "loopback" });
afterAll(() => agent.destroy());

const serve = (handler: http.RequestListener) => listen(http.createServer(handler));
const serveRaw = (onData: (socket: Socket) => void) =>
  listen(net.createServer((socket) => socket.once("data", () => onData(socket))));

function send(port: number, options: { timeoutMs?: number; path?: string } = {}) {
  const { timeoutMs, path = "/hook?a=1" } = options;
  return sendOnce({
    agent,
    url: `http://127.0.0.1:${port}${path}`,
    headers: { "x-own": "1" },
    body: '{"a":1}',
    timeoutMs,
  });
}

test("sends the body byte for byte to the path and query, and keeps the answer", async () => {
  let seen: unknown;
  const port = await serve(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    seen = { method: request.method, url: request.url, own: request.headers["x-own"], body };
    response.writeHead(202, { "x-trace": "t-1", "set-cookie": ["a=1", "b=2"] }).end("accepted");
  });
  const result = await send(port);
  expect(seen).toEqual({ method: "POST", url: "/hook?a=1", own: "1", body: '{"a":1}' });
  expect(result).toMatchObject({ httpStatus: 202, error: null, responseTruncated: false });
  expect(result.responseHeaders).toMatchObject({ "x-trace": "t-1", "set-cookie": "a=1, b=2" });
  expect(result.responseBody?.toString()).toBe("accepted");
});

test("does not follow a redirect", async () => {
  let requests = 0;
  const port = await serve((_request, response) => {
    requests += 1;
    response.writeHead(302, { location: "/elsewhere" }).end();
  });
  expect(await send(port)).toMatchObject({
    httpStatus: 302,
    error: null,
    errorDetail: `It redirects to http://127.0.0.1:${port}/elsewhere, and redirects are not followed`,
  });
  expect(requests).toBe(1);
});

test("keeps 64 KiB of a body that never ends, closes the socket, and lets the status decide", async () => {
  let closed = () => {};
  const isClosed = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const port = await serve((_request, response) => {
    response.on("close", closed);
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(16_384)));
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  });
  const result = await send(port);
  expect(result).toMatchObject({ httpStatus: 200, error: null, responseTruncated: true });
  expect(result.responseBody).toHaveLength(65_536);
  await isClosed;
});

test("decompresses nothing and asks for nothing compressed, so that a bomb is kept as the bytes it is", async () => {
  const bomb = gzipSync(Buffer.alloc(20_000_000));
  let accepted: string | undefined;
  const port = await serve((request, response) => {
    accepted = request.headers["accept-encoding"];
    response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
  });
  const result = await send(port);
  expect(accepted).toBeUndefined();
  expect(result.responseBody?.equals(bomb)).toBe(true);
});

test("a body that drips past the time is a timeout, whatever its status", async () => {
  const port = await serve((_request, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write("."), 20);
    response.on("close", () => clearInterval(timer));
  });
  expect(await send(port, { timeoutMs: 300 })).toMatchObject({ httpStatus: null, error: "timeout" });
});

test("an answer that never comes is a timeout", async () => {
  const port = await serve(() => undefined);
  expect(await send(port, { timeoutMs: 200 })).toMatchObject({ httpStatus: null, error: "timeout" });
});

test("headers that never end are an invalid response", async () => {
  const port = await serveRaw((socket) => {
    socket.write("HTTP/1.1 200 OK\r\n");
    const timer = setInterval(() => socket.write(`x-${Math.random()}: ${"y".repeat(1_000)}\r\n`), 1);
    socket.on("close", () => clearInterval(timer));
  });
  expect(await send(port)).toMatchObject({ httpStatus: null, error: "invalid_response" });
});

test("interim responses that never end are an invalid response", async () => {
  const port = await serveRaw((socket) => {
    const more = () => {
      while (!socket.destroyed && socket.write("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"));
      if (!socket.destroyed) socket.once("drain", more);
    };
    more();
  });
  expect(await send(port)).toMatchObject({ httpStatus: null, error: "invalid_response" });
});

test.each(["099", "100", "101", "abc", "1000"])("the status %s is an invalid response", async (status) => {
  const port = await serveRaw((socket) =>
    socket.end(`HTTP/1.1 ${status} Odd\r\nconnection: upgrade\r\nupgrade: x\r\ncontent-length: 0\r\n\r\n`),
  );
  expect(await send(port)).toMatchObject({ httpStatus: null, error: "invalid_response" });
});

test("a body shorter than its length is no success", async () => {
  const port = await serveRaw((socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort"));
  expect(await send(port)).toMatchObject({ httpStatus: null, error: "connection_reset" });
});

test("headers that drip past the time are a timeout", async () => {
  const port = await serveRaw((socket) => {
    socket.write("HTTP/1.1 200 OK\r\n");
    const timer = setInterval(() => socket.write("a: b\r\n"), 20);
    socket.on("close", () => clearInterval(timer));
  });
  expect(await send(port, { timeoutMs: 300 })).toMatchObject({ httpStatus: null, error: "timeout" });
});

test("the names of response headers are lower-cased", async () => {
  const port = await serve((_request, response) => response.writeHead(429, { "Retry-After": "7" }).end());
  expect((await send(port)).responseHeaders).toMatchObject({ "retry-after": "7" });
});

test("an answer that is not HTTP is an invalid response", async () => {
  const port = await serveRaw((socket) => socket.end("220 mail.example.com ESMTP\r\n"));
  expect(await send(port)).toMatchObject({ httpStatus: null, error: "invalid_response" });
});

test("a socket that closes without an answer is a reset connection", async () => {
  const port = await serveRaw((socket) => socket.resetAndDestroy());
  expect(await send(port)).toMatchObject({ httpStatus: null, error: "connection_reset" });
});

test("a port on which nothing listens refuses the connection", async () => {
  const server = net.createServer();
  const port = await listen(server);
  server.close();
  expect(await send(port)).toMatchObject({ httpStatus: null, error: "connection_refused" });
});

test.each([
  ["a header that could end its line", { headers: { "x-a": "1\r\nx-b: 2" } }],
  ["an invalid URL", { url: "https://" }],
])("%s is never sent, and is reported as what it is", async (_what, wrong) => {
  const sent = { agent, url: "http://127.0.0.1:9/", headers: {}, body: "", ...wrong };
  expect(await sendOnce(sent)).toMatchObject({ httpStatus: null, error: "signing_failed" });
});

test("a host that does not exist is not found", async () => {
  // Its label is too long: the system's resolver refuses it without asking anybody.
  const url = `https://${"n".repeat(64)}.invalid/`;
  const result = await sendOnce({ agent, url, headers: {}, body: "" });
  expect(result).toMatchObject({ httpStatus: null, error: "dns_not_found" });
});
