import http from "node:http";
import net from "node:net";
import { text } from "node:stream/consumers";
import { beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { problem } from "../contract/shared";
import { AppError } from "../core/errors";
import { beginStopping } from "../platform/stopping";
import { metrics, startMetrics, stopMetrics } from "../telemetry/metrics";
import { applySettings } from "../testing/apply-settings";
import { listen } from "../testing/listen";
import { sumOf } from "../testing/parse-metrics";
import { ClientGone } from "./client-gone";
import { wasAskedWithin } from "./close-server";
import type { Answerer } from "./define-api";
import { createFront, publishingMax } from "./front";

beforeAll(() => applySettings());
// What another test left in the same process.
beforeEach(() => Object.assign(globalThis, { posthornIsStopping: false }));

const echo: Answerer = async ({ url, readBytes }) => ({
  status: 202,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ url, bytes: (await readBytes(1_000))?.byteLength ?? null }),
});

/** A front whose lane echoes, behind which somebody says that a request is Next's. */
async function serve({
  ready = Promise.resolve(),
  answers = echo,
  refusal = (): AppError | null => null,
} = {}) {
  const server = createFront({
    ready,
    lane: new Map([
      ["POST /api/v1/events", { answers, kind: "publishes" }],
      ["GET /api/health", { answers, kind: "watches" }],
    ]),
    refusal,
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

test("a body is not waited for whose client hung up while something else was", async () => {
  let outcome: unknown;
  const { server, port } = await serve({
    answers: async ({ readBytes }) => {
      await closed;
      outcome = await readBytes(1_000).catch((error: unknown) => error);
      return { status: 499, headers: {}, body: null };
    },
  });
  const closed = new Promise((resolve) => {
    server.once("request", (request: http.IncomingMessage) => request.once("close", resolve));
  });
  const socket = net.connect(port, "127.0.0.1");
  socket.write("POST /api/v1/events HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\n{", () =>
    socket.resetAndDestroy(),
  );
  await expect.poll(() => outcome).toBeInstanceOf(ClientGone);
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

/** Answers that wait until they are let go. */
function holdAnswers() {
  const held: (() => void)[] = [];
  const answers: Answerer = async (request) => {
    await request.readBytes(1024 * 1024);
    return new Promise((resolve) => held.push(() => resolve({ status: 202, headers: {}, body: "{}" })));
  };
  const letGo = () => {
    for (const one of held.splice(0)) one();
  };
  return { answers, held, letGo };
}

async function refusalOf(answer: Response) {
  const { code, detail } = problem.parse(await answer.json());
  return { status: answer.status, code, detail, retryAfter: answer.headers.get("retry-after") };
}
const busy = {
  status: 503,
  code: "unavailable",
  detail: expect.stringContaining("handling as many requests as it can"),
  retryAfter: "1",
};

test("more requests at a time than it takes are refused at once, and keep their connections; health is answered", async () => {
  const { answers, held, letGo } = holdAnswers();
  const { url, server } = await serve({ answers });
  const agent = new http.Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const post = (body: string) =>
    new Promise<http.IncomingMessage>((resolve, reject) => {
      const request = http.request(`${url}/api/v1/events`, { method: "POST", agent }, resolve);
      request.on("error", reject).end(body);
    });
  const within = Array.from({ length: publishingMax.requests }, () => post("{}"));
  await expect.poll(() => held.length).toBe(publishingMax.requests);
  let connections = 0;
  server.on("connection", () => {
    connections += 1;
  });
  for (let more = 0; more < 20; more += 1) {
    const answer = await post("x".repeat(100_000));
    expect([answer.statusCode, answer.headers["retry-after"]]).toEqual([503, "1"]);
    expect(problem.parse(JSON.parse(await text(answer)))).toMatchObject({ code: "unavailable" });
  }
  expect(connections).toBe(1);
  const health = fetch(`${url}/api/health`);
  await expect.poll(() => held.length).toBe(publishingMax.requests + 1);
  letGo();
  expect((await health).status).toBe(202);
  for (const answer of await Promise.all(within)) expect(answer.resume().statusCode).toBe(202);
  const next = post("{}");
  await expect.poll(() => held.length).toBe(1);
  letGo();
  expect((await next).resume().statusCode).toBe(202);
});

test("bytes of bodies are bounded as well, those that announce no length too", async () => {
  const { answers, held, letGo } = holdAnswers();
  const { url } = await serve({ answers });
  const mebibyte = "x".repeat(1024 * 1024);
  const post = (init: RequestInit) => fetch(`${url}/api/v1/events`, { method: "POST", ...init });
  const within = Array.from({ length: publishingMax.bytes / mebibyte.length }, () =>
    post({ body: mebibyte }),
  );
  await expect.poll(() => held.length).toBe(within.length);
  expect(await refusalOf(await post({ body: "{}" }))).toEqual(busy);
  const streamed = new Response(mebibyte).body;
  const init: RequestInit & { duplex: "half" } = { body: streamed, duplex: "half" };
  expect(await refusalOf(await post(init))).toEqual(busy);
  letGo();
  for (const answer of await Promise.all(within)) expect(answer.status).toBe(202);
});

test("while events are refused, the answer says why, and everything else is answered", async () => {
  let refusal: AppError | null = new AppError("unavailable", "too late", { retryAfterSeconds: 5 });
  const { url } = await serve({ refusal: () => refusal });
  const post = () => fetch(`${url}/api/v1/events`, { method: "POST", body: "{}" });
  expect(await refusalOf(await post())).toEqual({
    status: 503,
    code: "unavailable",
    detail: "too late",
    retryAfter: "5",
  });
  expect((await fetch(`${url}/api/health`)).status).toBe(202);
  expect((await fetch(`${url}/`)).status).toBe(200);
  refusal = null;
  expect((await post()).status).toBe(202);
});

test("what is refused is counted, by what was asked and why, and publishing as its answers are", async () => {
  applySettings({ POSTHORN_METRICS_TOKEN: "metrics-token-of-a-test" });
  await startMetrics("front");
  onTestFinished(() => {
    stopMetrics();
    applySettings();
  });
  let refusal: AppError | null = new AppError("unavailable", "too late", { retryAfterSeconds: 5 });
  const { answers, held, letGo } = holdAnswers();
  const { url } = await serve({ answers, refusal: () => refusal });
  const post = () => fetch(`${url}/api/v1/events`, { method: "POST", body: "{}" });
  await post();
  refusal = null;
  const within = Array.from({ length: publishingMax.requests }, post);
  await expect.poll(() => held.length).toBe(publishingMax.requests);
  await Promise.all([post(), post()]);
  const scraped = (await metrics()?.collect())?.text ?? "";
  const refused = (reason: string) =>
    sumOf(scraped, "posthorn_requests_refused_total", { of: "publish", reason });
  expect([refused("overload"), refused("busy")]).toEqual([1, 2]);
  expect(sumOf(scraped, "posthorn_publish_requests_total", { status: "503" })).toBe(3);
  expect(sumOf(scraped, "posthorn_publish_duration_seconds")).toBe(0);
  letGo();
  await Promise.all(within);
});

test("a client that hangs up gives its place back", async () => {
  const { answers, held } = holdAnswers();
  const { port, url } = await serve({ answers });
  const sockets = Array.from({ length: publishingMax.requests }, () => {
    const socket = net.connect(port, "127.0.0.1").on("error", () => undefined);
    socket.write("POST /api/v1/events HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\n\r\n{}");
    return socket;
  });
  await expect.poll(() => held.length).toBe(publishingMax.requests);
  for (const socket of sockets) socket.destroy();
  const tried = async () => {
    const request = new AbortController();
    const answer = fetch(`${url}/api/v1/events`, { method: "POST", body: "{}", signal: request.signal });
    const isIn = await Promise.race([
      answer.then(() => false),
      expect
        .poll(() => held.length)
        .toBe(publishingMax.requests + 1)
        .then(() => true),
    ]);
    request.abort();
    await answer.catch(() => undefined);
    return isIn;
  };
  await expect.poll(tried).toBe(true);
});
