import http from "node:http";
import net from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import type { ErrorCode } from "@/lib/core/errors";
import { expectProblem } from "../support/expect-problem";
import { type ApiUnderTest, startApi, type TestWorkspace } from "../support/start-api";

let app: ApiUnderTest;
let workspace: TestWorkspace;

test.beforeAll(async () => {
  app = await startApi({ POSTHORN_LOG_LEVEL: "debug" });
  workspace = await app.makeWorkspace({ endpointLimit: 3 });
});

test.afterAll(() => app?.stop());

const kib = 1024;
const event = { type: "invoice.paid", data: { id: "inv_1" } };
const ofBytes = (bytes: number) => ({ text: "x".repeat(bytes - '{"text":""}'.length) });

type BadRequest = {
  what: string;
  path?: string;
  body: unknown;
  status: number;
  code: ErrorCode;
  /** Where the error stands, and a part of what it says. */
  error?: { path: string; message: string };
};

const badRequests: BadRequest[] = [
  { what: "a body that is cut off", body: '{"type":"invoice.paid","data":{', status: 400, code: "bad_json" },
  {
    what: "a body that is not UTF-8",
    body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]),
    status: 400,
    code: "bad_json",
  },
  {
    what: "no body at all",
    body: "",
    status: 422,
    code: "validation_failed",
    error: { path: "type", message: "is missing" },
  },
  {
    what: "a body that is a list",
    body: [event],
    status: 422,
    code: "validation_failed",
    error: { path: "", message: "must be a JSON object" },
  },
  {
    what: "a body that is null, which is not an empty one,",
    body: "null",
    status: 422,
    code: "validation_failed",
    error: { path: "", message: "must be a JSON object" },
  },
  ...["__proto__", "constructor", "toString"].map((name) => ({
    what: `an unknown field named ${name}`,
    body: `{"type":"invoice.paid","data":{},"${name}":{"deliver":false}}`,
    status: 422,
    code: "validation_failed" as const,
    error: { path: name, message: "is not a field" },
  })),
  {
    what: "a header named __proto__",
    path: "/api/v1/endpoints",
    body: '{"url":"https://example.com","headers":{"__proto__":"a"}}',
    status: 422,
    code: "validation_failed",
    error: { path: "headers.__proto__", message: "cannot be the name of a header" },
  },
  {
    what: "a field of another type",
    body: { ...event, type: 5 },
    status: 422,
    code: "validation_failed",
    error: { path: "type", message: "must be a string" },
  },
  {
    what: "an unknown field",
    body: { ...event, idempotencykey: "a" },
    status: 422,
    code: "validation_failed",
    error: { path: "idempotencykey", message: "is not a field" },
  },
  {
    what: "an invalid name of an event type",
    body: { ...event, type: "invoice paid!" },
    status: 422,
    code: "validation_failed",
    error: { path: "type", message: "like invoice.payment_failed" },
  },
  {
    what: "data that is no object",
    body: { ...event, data: [1] },
    status: 422,
    code: "validation_failed",
    error: { path: "data", message: "must be a JSON object" },
  },
  {
    what: "a key that stands twice",
    body: '{"type":"invoice.paid","data":{"id":1,"id":2}}',
    status: 422,
    code: "validation_failed",
    error: { path: "id", message: "is a duplicate key" },
  },
  {
    what: "data over 256 KiB",
    body: { ...event, data: ofBytes(256 * kib + 1) },
    status: 422,
    code: "validation_failed",
    error: { path: "data", message: "at most 256 KiB" },
  },
  {
    what: "a body over 1 MiB",
    body: { ...event, data: ofBytes(1024 * kib) },
    status: 413,
    code: "payload_too_large",
  },
  {
    what: "a time that is none",
    body: { ...event, occurredAt: "yesterday" },
    status: 422,
    code: "validation_failed",
    error: { path: "occurredAt", message: "RFC 3339" },
  },
  {
    what: "a time that its offset leads out of the years there are",
    body: { ...event, occurredAt: "9999-12-31T23:59:59-10:00" },
    status: 422,
    code: "validation_failed",
    error: { path: "occurredAt", message: "must be in the years 100 to 9999 (UTC)" },
  },
  {
    what: "data that is nested some thousand levels deep",
    body: `{"type":"invoice.paid","data":{"a":${"[".repeat(3_000)}${"]".repeat(3_000)}}}`,
    status: 422,
    code: "validation_failed",
    error: { path: "data", message: "must be nested at most 100 levels deep" },
  },
  {
    what: "an example that no parser's stack holds",
    path: "/api/v1/event-types",
    body: `{"name":"a.b","example":{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`,
    status: 422,
    code: "validation_failed",
    error: { path: "example", message: "must be nested at most 100 levels deep" },
  },
  {
    what: "a name with a character that no text column holds",
    path: "/api/v1/endpoints",
    body: { url: "https://example.com", name: "In\u0000voices" },
    status: 422,
    code: "validation_failed",
    error: { path: "name", message: "must not contain the character U+0000" },
  },
  {
    what: "a description with half of a character",
    path: "/api/v1/event-types",
    body: '{"name":"a.b","description":"\\ud83d"}',
    status: 422,
    code: "validation_failed",
    error: { path: "description", message: "half of a surrogate pair (U+D83D)" },
  },
  {
    what: "a filter with more values than a query has parameters",
    path: "/api/v1/replays",
    body: { filter: { endpointId: Array.from({ length: 70_000 }, () => "x") } },
    status: 422,
    code: "validation_failed",
    error: { path: "filter.endpointId", message: "must be at most 500 values" },
  },
  {
    what: "a webhook's URL with a character that nobody sees",
    path: "/api/v1/endpoints",
    body: { url: "https://example.com/in\u200b" },
    status: 422,
    code: "validation_failed",
    error: { path: "url", message: "must not contain an invisible character (U+200B)" },
  },
  {
    what: "a batch of which one event is wrong",
    path: "/api/v1/events/batch",
    body: { events: [event, event, { ...event, type: "" }] },
    status: 422,
    code: "validation_failed",
    error: { path: "events.2.type", message: "must not be empty" },
  },
  {
    what: "a batch over 500 events",
    path: "/api/v1/events/batch",
    body: { events: Array.from({ length: 501 }, () => event) },
    status: 422,
    code: "validation_failed",
    error: { path: "events", message: "at most 500" },
  },
  {
    what: "a webhook's URL that is none",
    path: "/api/v1/endpoints",
    body: { url: "example.com" },
    status: 422,
    code: "validation_failed",
    error: { path: "url", message: "must be a full URL, like https://example.com/webhooks" },
  },
  {
    what: "a webhook's URL of another scheme",
    path: "/api/v1/endpoints",
    body: { url: "ftp://example.com" },
    status: 422,
    code: "validation_failed",
    error: { path: "url", message: "must start with https://" },
  },
  {
    what: "a webhook's URL that leads into a private network",
    path: "/api/v1/endpoints",
    body: { url: "https://0xa9fea9fe/latest/meta-data" },
    status: 422,
    code: "validation_failed",
    error: { path: "url", message: "169.254.169.254 is a link-local address, where cloud metadata is" },
  },
  {
    what: "a webhook's URL that is not encrypted",
    path: "/api/v1/endpoints",
    body: { url: "http://example.com/hooks" },
    status: 422,
    code: "validation_failed",
    error: { path: "url", message: "must start with https:// (http:// is for localhost alone)" },
  },
  {
    what: "a header that is ours",
    path: "/api/v1/endpoints",
    body: { url: "https://example.com", headers: { "Webhook-Signature": "v1,x" } },
    status: 422,
    code: "validation_failed",
    error: { path: "headers.Webhook-Signature", message: "is set by Posthorn" },
  },
];

for (const { what, path = "/api/v1/events", body, status, code, error } of badRequests) {
  test(`${what} is answered ${status}, and nothing is written`, async () => {
    const before = await workspace.count();
    const data = Buffer.isBuffer(body)
      ? body
      : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
    const answer = await workspace.api.post(path, { data, headers: { "content-type": "application/json" } });
    const problem = await expectProblem(answer, status, code);
    if (error) {
      const found = problem.errors?.find((one) => one.path === error.path);
      expect(found?.message, JSON.stringify(problem)).toContain(error.message);
    }
    expect(await workspace.count()).toEqual(before);
  });
}

test("data of 256 KiB is taken", async () => {
  const answer = await workspace.api.post("/api/v1/events", {
    data: { ...event, data: ofBytes(256 * kib) },
  });
  expect(answer.status(), await answer.text()).toBe(202);
});

test("a body over 1 MiB that does not say its length is answered 413", async () => {
  const before = await workspace.count();
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const request = http.request(`http://127.0.0.1:${app.posthorn.port}/api/v1/events`, {
      method: "POST",
      headers: { authorization: `Bearer ${workspace.apiKey}`, "transfer-encoding": "chunked" },
    });
    request.on("response", (response) => {
      resolve(response.statusCode);
      response.resume();
    });
    request.on("error", reject);
    for (let sent = 0; sent < 1100; sent += 100) request.write("x".repeat(100 * kib));
    request.end();
  });
  expect(status).toBe(413);
  expect(await workspace.count()).toEqual(before);
});

test("a setup that was done is a conflict before its body is read", async () => {
  const socket = net.connect(app.posthorn.port, "127.0.0.1");
  socket.write("POST /api/setup HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n");
  const answer = await new Promise((resolve) => socket.once("data", resolve));
  socket.destroy();
  expect(String(answer)).toMatch(/^HTTP\/1\.1 409 /);
});

for (const path of ["/api/v1/events", "/api/v1/events/batch"]) {
  test(`a client that hangs up while it sends its body to ${path} is a line to debug by, and no error`, async () => {
    const before = await workspace.count();
    const linesBefore = app.posthorn.output().split("\n").length;
    const socket = net.connect(app.posthorn.port, "127.0.0.1");
    const headers = [
      `POST ${path} HTTP/1.1`,
      "host: localhost",
      `authorization: Bearer ${workspace.apiKey}`,
      "content-length: 1000",
      "expect: 100-continue",
    ];
    socket.write(`${headers.join("\r\n")}\r\n\r\n`);
    await new Promise((resolve) => socket.once("data", resolve));
    socket.write('{"type":"invoice.paid","da', () => socket.resetAndDestroy());
    const lines = () =>
      app.posthorn
        .output()
        .split("\n")
        .slice(linesBefore - 1);
    await expect
      .poll(lines)
      .toContainEqual(expect.stringContaining("a client hung up while it sent its body"));
    const [line] = lines().filter((one) => one.includes("hung up"));
    expect(JSON.parse(line ?? "")).toMatchObject({
      level: 20,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(lines().filter((one) => /"level":(40|50|60)|Error/.test(one))).toEqual([]);
    expect(await workspace.count()).toEqual(before);
  });
}

test("a query that is wrong is answered 422, naming the parameter", async () => {
  for (const [query, path] of [
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["limit=", "limit"],
    ["limit=1e1", "limit"],
    ["limit=0x10", "limit"],
    ["limit=+5", "limit"],
    ["limit=%205", "limit"],
    ["limit=5%20", "limit"],
    ["limit=05", "limit"],
    ["limit=5.0", "limit"],
    ["limit=%D9%A5", "limit"],
    ["limit=Infinity", "limit"],
    ["limit=5&limit=5", "limit"],
    ["eventId=a&eventId=b", "eventId"],
    ["tests=1&tests=0", "tests"],
    ["from=2026-11-20T12:00:00Z&from=2026-11-20T12:00:00Z", "from"],
    ["__proto__=1", "__proto__"],
    ["constructor=1", "constructor"],
    ["nxtPid=1", "nxtPid"],
    ["nxtIid=1", "nxtIid"],
    ["_rsc=1", "_rsc"],
    ["toString=1&toString=2", "toString"],
    ["cursor=dlv_1", "cursor"],
    ["status=done", "status.0"],
    ["statuss=failed", "statuss"],
    ["from=today", "from"],
    ["from=1969-12-31T23:59:59Z", "from"],
    ["type=a%00b", "type.0"],
    ["q=%00", "q"],
    ["cursor=%00", "cursor"],
  ]) {
    const answer = await workspace.api.get(`/api/v1/deliveries?${query}`);
    const problem = await expectProblem(answer, 422, "validation_failed");
    expect(problem.errors?.map((one) => one.path)).toEqual([path]);
  }
});

test("a parameter that repeats and may not is told to be given once", async () => {
  const answer = await workspace.api.get("/api/v1/deliveries?limit=5&limit=6&status=failed&status=held");
  const problem = await expectProblem(answer, 422, "validation_failed");
  expect(problem.errors).toEqual([{ path: "limit", message: "must be given once" }]);
});

test("a body that is compressed is answered 415, which says so", async () => {
  const plain = JSON.stringify(event);
  const before = await workspace.count();
  for (const [coding, data] of [
    ["gzip", gzipSync(plain)],
    ["br", brotliCompressSync(plain)],
    ["deflate", deflateSync(plain)],
    ["identity, gzip", gzipSync(plain)],
  ] as const) {
    const headers = { "content-type": "application/json", "content-encoding": coding };
    const answer = await workspace.api.post("/api/v1/events", { data, headers });
    const problem = await expectProblem(answer, 415, "unsupported_media_type");
    expect(problem.detail).toContain("content-encoding");
    expect(answer.headers()["accept-encoding"]).toBe("identity");
  }
  expect(await workspace.count()).toEqual(before);
  const headers = { "content-type": "application/json", "content-encoding": "identity" };
  const answer = await workspace.api.post("/api/v1/events", { data: Buffer.from(plain), headers });
  expect(answer.status()).toBe(202);
});

test("a path that does not exist is answered as a problem, too", async () => {
  await expectProblem(await workspace.api.get("/api/v1/nothing/here"), 404, "not_found");
  await expectProblem(await workspace.api.post("/api/v1/endpoint", { data: {} }), 404, "not_found");
});

test("a webhook more than the workspace may have is answered 409, also when they come at once", async () => {
  const { api, count } = await app.makeWorkspace({ endpointLimit: 2 });
  const add = () => api.post("/api/v1/endpoints", { data: { url: "https://example.com/hooks" } });
  const answers = await Promise.all([add(), add(), add(), add()]);
  const statuses = answers.map((answer) => answer.status()).toSorted();
  expect(statuses).toEqual([201, 201, 409, 409]);
  const refused = answers.find((answer) => answer.status() === 409);
  if (refused) await expectProblem(refused, 409, "limit_reached");
  expect(await count()).toMatchObject({ endpoints: 2, audit: 2 });
});

test("an idle connection is kept for longer than a minute, as most that pool connections do", async () => {
  const answer = await fetch(`${app.posthorn.url}/api/health`);
  expect(answer.headers.get("keep-alive")).toBe("timeout=75");
});

test("every answer has an id of its own, also one that succeeds", async () => {
  const ids = await Promise.all(
    [1, 2].map(async () => (await workspace.api.get("/api/v1/events")).headers()["x-request-id"]),
  );
  expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(ids).size).toBe(2);
});
