import http from "node:http";
import net from "node:net";
import { text } from "node:stream/consumers";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { problem } from "../contract/shared";
import { beginStopping } from "../platform/stopping";
import { applySettings } from "../testing/apply-settings";
import { listen } from "../testing/listen";
import { wasAskedWithin } from "./close-server";
import type { Answerer } from "./define-api";
import { createFront } from "./front";

beforeAll(() => applySettings());
// What another test left in the same process.
beforeEach(() => Object.assign(globalThis, { posthornIsStopping: false }));

const echo: Answerer = async ({ url, readBytes }) => ({
  status: 202,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ url, bytes: (await readBytes(1_000))?.byteLength ?? null }),
});

/** A front whose lane echoes, behind which somebody says that a request is Next's. */
async function serve({ ready = Promise.resolve() } = {}) {
  const server = createFront({
    ready,
    lane: new Map([
      ["POST /api/v1/events", echo],
      ["GET /api/health", echo],
    ]),
    passOn: (request, response) => {
      if (request.url === "/fails") throw new Error("its own words");
      response.end("Next's");
    },
  });
  const port = await listen(server);
  return { server, port, url: `http://localhost:${port}` };
}

test("the front answers for itself, leaves the rest to Next, and notes that it was asked", async () => {
  const { url } = await serve();
  expect(wasAskedWithin(60_000)).toBe(false);
  expect((await fetch(`${url}/api/none`)).status).toBe(404);
  expect(wasAskedWithin(60_000)).toBe(true);
  expect(wasAskedWithin(0)).toBe(false);
  expect(await (await fetch(`${url}/`)).text()).toBe("Next's");
  expect(await (await fetch(`${url}/api/v1/events`)).text()).toBe("Next's");
});

test("what is in the lane is answered by it, with the headers of every answer", async () => {
  const { url } = await serve();
  const answer = await fetch(`${url}/api/v1/events?a=1`, { method: "POST", body: "é" });
  expect([answer.status, await answer.json()]).toEqual([202, { url: "/api/v1/events?a=1", bytes: 2 }]);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "application/json",
    "x-content-type-options": "nosniff",
    connection: "keep-alive",
  });
  const head = await fetch(`${url}/api/health`, { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([202, ""]);
});

test("of a body that is too long no more is read, and its connection is closed", async () => {
  const { port } = await serve();
  const socket = net.connect(port, "127.0.0.1");
  const [length, sent] = [10_000_000, "x".repeat(100_000)];
  socket.write(`POST /api/v1/events HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${length}\r\n\r\n${sent}`);
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 202 /);
  expect(answer).toMatch(/\r\nconnection: close\r\n/i);
  expect(answer).toContain('"bytes":null');
});

test("a client that hangs up within its body leaves nothing behind, and the next one is answered", async () => {
  const { server, port, url } = await serve();
  const socket = net.connect(port, "127.0.0.1");
  socket.write("POST /api/v1/events HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\n{");
  const connections = () => new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
  await expect.poll(connections).toBe(1);
  socket.destroy();
  await expect.poll(connections).toBe(0);
  expect((await fetch(`${url}/api/v1/events`, { method: "POST", body: "{}" })).status).toBe(202);
});

test("requests that come before the process has started wait until it has", async () => {
  let open = () => {};
  const { server, url } = await serve({
    ready: new Promise((resolve) => {
      open = resolve;
    }),
  });
  const asked = new Promise((resolve) => server.once("request", resolve));
  const answer = fetch(`${url}/api/v1/events`, { method: "POST", body: "{}" });
  await asked;
  open();
  expect((await answer).status).toBe(202);
});

test("what fails is answered as an internal error, without its text", async () => {
  const { url } = await serve();
  const answer = await fetch(`${url}/fails`);
  const { code, detail } = problem.parse(await answer.json());
  expect([answer.status, code]).toEqual([500, "internal"]);
  expect(detail).not.toContain("its own words");
});

test("an expectation that nobody can meet is refused by the name of the one that is met", async () => {
  const { port } = await serve();
  const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const options = { port, host: "127.0.0.1", headers: { expect: "200-ok" }, agent: false };
    http.get(options, resolve).on("error", reject);
  });
  answer.resume();
  expect([answer.statusCode, answer.headers["content-type"]]).toEqual([417, "application/problem+json"]);
});

test.each([
  ["CONNECT localhost:443 HTTP/1.1\r\nhost: localhost:443\r\n\r\n", 405],
  ["GET / HTTP/1.1\r\nhost: localhost\r\nbad header\r\n\r\n", 400],
])("%j, which is no request for it, is refused with a problem", async (lines, status) => {
  const { port } = await serve();
  const socket = net.connect(port, "127.0.0.1");
  socket.write(lines);
  const answer = await text(socket);
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).toContain("application/problem+json");
});

test("connections are kept until Posthorn ends; then each answer asks for its own to be closed", async () => {
  const { url } = await serve();
  const connectionOf = async (path: string) => (await fetch(url + path)).headers.get("connection");
  const paths = ["/", "/api/none", "/api/health"];
  for (const path of paths) expect(await connectionOf(path)).toBe("keep-alive");
  beginStopping();
  for (const path of paths) expect(await connectionOf(path)).toBe("close");
});
