import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { problem } from "../contract/shared";
import { applySettings } from "../testing/apply-settings";
import { listen } from "../testing/listen";
import { innerKeyHeader } from "./inner-server.mjs";
import { passOn, passUpgradeOn } from "./pass-on";

beforeAll(() => applySettings());

/** A server in the place of Next's, on a socket of its own, and one in front that hands everything on to it. */
async function serve(answer: http.RequestListener) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "posthorn-inner-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const socketPath =
    process.platform === "win32" ? `\\\\.\\pipe\\${path.basename(folder)}` : `${folder}/next.sock`;
  const inner = http.createServer({ requireHostHeader: false, keepAliveTimeout: 0 }, answer);
  inner.listen(socketPath);
  await once(inner, "listening");
  onTestFinished(() => {
    inner.closeAllConnections();
    inner.close();
  });
  const address = { socketPath, key: "the key" };
  const front = http.createServer({ requireHostHeader: false }, (request, response) =>
    passOn(request, response, address),
  );
  front.on("upgrade", (request, socket, head) => passUpgradeOn(request, socket, head, address));
  const port = await listen(front);
  return { inner, port, url: `http://127.0.0.1:${port}` };
}

test("a request goes through as it came, with the key, and so does its answer", async () => {
  let seen: http.IncomingMessage | undefined;
  const { url } = await serve(async (request, response) => {
    seen = request;
    const body = await text(request);
    response.setHeader("set-cookie", ["a=1", "b=2"]);
    response.writeHead(201, { "x-of-next": "yes", connection: "close" });
    response.end(`heard ${body}`);
  });
  const answer = await fetch(`${url}/a/b?c=%2F`, {
    method: "PATCH",
    headers: { cookie: "s=1", [innerKeyHeader]: "a key of one's own" },
    body: "words",
  });
  expect([answer.status, await answer.text()]).toEqual([201, "heard words"]);
  expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  expect([answer.headers.get("x-of-next"), answer.headers.get("connection")]).toEqual(["yes", "keep-alive"]);
  expect([seen?.method, seen?.url]).toEqual(["PATCH", "/a/b?c=%2F"]);
  expect(seen?.headers).toMatchObject({ host: url.slice(7), cookie: "s=1", [innerKeyHeader]: "the key" });
});

test("an answer that needs no body comes before it", async () => {
  const { port } = await serve((_request, response) => response.writeHead(409).end());
  const socket = net.connect(port, "127.0.0.1");
  socket.write("POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n");
  const [answer] = await once(socket, "data");
  socket.destroy();
  expect(String(answer)).toMatch(/^HTTP\/1\.1 409 /);
});

test.each(["HEAD", "GET", "DELETE"])("a %s without a body has none behind either", async (method) => {
  const { url } = await serve(async (request, response) => {
    const { "content-length": length, "transfer-encoding": coding } = request.headers;
    response.setHeader("x-framing", `${length} ${coding} ${(await text(request)).length}`);
    response.end("body");
  });
  const answer = await fetch(url, { method });
  expect(answer.headers.get("x-framing")).toBe("undefined undefined 0");
  expect(await answer.text()).toBe(method === "HEAD" ? "" : "body");
});

test("bodies stream both ways, part by part", async () => {
  const { port } = await serve((request, response) => {
    request.on("data", (part) => response.write(`<${part}>`));
    request.on("end", () => response.end());
  });
  const request = http.request({ port, method: "POST", agent: false });
  request.write("one");
  const [answer] = await once(request, "response");
  answer.setEncoding("utf8");
  expect(await once(answer, "data")).toEqual(["<one>"]);
  request.end("two");
  expect(await text(answer)).toBe("<two>");
});

test("an answer that needs no body comes before any of it", async () => {
  const { port } = await serve((_request, response) => response.end("early"));
  const socket = net.connect(port, "127.0.0.1");
  socket.write("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1000\r\n\r\n");
  const [answer] = await once(socket, "data");
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
  socket.destroy();
});

test("a client that hangs up is gone for Next, too, within its body and within the answer", async () => {
  const ends: string[] = [];
  const { inner, port } = await serve((request, response) => {
    request.on("close", () => ends.push(request.complete ? "after its body" : "within its body"));
    request.resume();
    if (request.method === "GET") response.write("a part");
  });
  const posted = once(inner, "request");
  const socket = net.connect(port, "127.0.0.1");
  socket.write("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\nab");
  await posted;
  socket.destroy();
  await expect.poll(() => ends).toEqual(["within its body"]);

  const asking = http.get({ port, agent: false }).on("error", () => undefined);
  const [, response] = await once(inner, "request");
  const closed = once(response, "close");
  asking.destroy();
  await closed;
  expect(response.writableFinished).toBe(false);
});

test("a Next that breaks off without an answer is an internal error; within one, the connection ends", async () => {
  const { url } = await serve((request, response) => {
    if (request.url === "/half") response.write("half", () => response.destroy());
    else response.destroy();
  });
  const answer = await fetch(url);
  expect([answer.status, problem.parse(await answer.json()).code]).toEqual([500, "internal"]);
  await expect(fetch(`${url}/half`).then((half) => half.text())).rejects.toThrow();
});

test("a connection that asks for an upgrade is handed on whole", async () => {
  const { inner, port } = await serve(() => undefined);
  inner.on("upgrade", (request, socket, head) => {
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nupgrade: ${request.headers.upgrade}\r\n\r\n`);
    socket.write(head);
    socket.pipe(socket);
  });
  const socket = net.connect(port, "127.0.0.1");
  socket.write("GET /hmr HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\nfirst");
  let heard = "";
  socket.on("data", (part) => {
    heard += part;
  });
  await expect.poll(() => heard).toMatch(/^HTTP\/1\.1 101 .*\r\nupgrade: echo\r\n\r\nfirst$/);
  socket.write(" second");
  await expect.poll(() => heard).toMatch(/first second$/);
});
