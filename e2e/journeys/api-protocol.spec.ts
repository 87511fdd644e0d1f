import http from "node:http";
import net from "node:net";
import { expect, test } from "@playwright/test";
import { problem } from "@/lib/contract/shared";
import { type ErrorCode, errorCodes } from "@/lib/core/errors";
import { type RawAnswer, sendRaw } from "../support/send-raw";
import { type ApiUnderTest, sendPassword, startApi, type TestWorkspace } from "../support/start-api";

let app: ApiUnderTest;
let workspace: TestWorkspace;

test.beforeAll(async () => {
  app = await startApi({ POSTHORN_LOG_LEVEL: "debug" });
  workspace = await app.makeWorkspace();
});

test.afterAll(() => app?.stop());

/** Sends a request line with the headers that every request has, and others. */
function send(requestLine: string, ...headers: string[]): Promise<RawAnswer> {
  return sendRaw(app.posthorn.port, [
    `${requestLine} HTTP/1.1`,
    "host: localhost",
    "connection: close",
    `authorization: Bearer ${workspace.apiKey}`,
    ...headers,
  ]);
}

function expectRawProblem(answer: RawAnswer, status: number, code: ErrorCode) {
  expect(answer.status, answer.body).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const body = problem.parse(JSON.parse(answer.body));
  expect(body).toMatchObject({ status, code, requestId: answer.headers.get("x-request-id") });
  expect(body.detail).toBeTruthy();
}

const brokenEncodings = ["%", "100%", "%z", "%zz", "%E0%A4%A", "%C3%28", "%ff", "%c0%ae"];

for (const encoding of brokenEncodings) {
  test(`${encoding} in a path or a query of the API is a 400, and never a failure of a page`, async () => {
    for (const path of [
      `/api/v1/endpoints/${encoding}`,
      `/api/v1/event-types/${encoding}/x`,
      `/api/${encoding}`,
      `/.well-known/${encoding}`,
      `/api/v1/deliveries?q=${encoding}`,
      `/api/v1/deliveries?${encoding}=1`,
    ]) {
      expectRawProblem(await send(`GET ${path}`), 400, "bad_request");
    }
    for (const path of [
      `/${encoding}`,
      `/main/developers/webhooks/${encoding}`,
      `/sign-in?callbackUrl=${encoding}`,
    ]) {
      expect((await send(`GET ${path}`)).status, path).toBeLessThan(500);
    }
  });
}

test("a path below /api or /.well-known that does not exist is a 404, whatever the method", async () => {
  for (const path of ["/api", "/api/v2/events", "/api/v1/event", "/api/auth", "/.well-known/security.txt"]) {
    for (const method of ["GET", "POST", "PUT", "TRACE", "PROPFIND"]) {
      expectRawProblem(await send(`${method} ${path}`), 404, "not_found");
    }
  }
});

test("a method that a path does not have is a 405 that names those it has", async () => {
  for (const [path, allow] of [
    ["/api/v1/events", "POST, GET, HEAD, OPTIONS"],
    ["/api/v1/events/evt_1", "GET, HEAD, OPTIONS"],
    ["/api/v1/endpoints/ep_1", "GET, HEAD, PATCH, DELETE, OPTIONS"],
    ["/api/health", "GET, HEAD, OPTIONS"],
    ["/api/setup", "POST, OPTIONS"],
    ["/api/openapi.json", "GET, HEAD, OPTIONS"],
    ["/.well-known/jwks.json", "GET, HEAD, OPTIONS"],
  ] as const) {
    for (const method of ["TRACE", "PUT", "PROPFIND", "M-SEARCH", "LINK"]) {
      const answer = await send(`${method} ${path}`);
      expectRawProblem(answer, 405, "method_not_allowed");
      expect(answer.headers.get("allow"), `${method} ${path}`).toBe(allow);
    }
    const options = await send(`OPTIONS ${path}`);
    expect([options.status, options.headers.get("allow")]).toEqual([204, allow]);
  }
  for (const method of ["TRACE", "POST", "DELETE"]) {
    const page = await send(`${method} /sign-in`);
    expect([page.status, page.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
  }
  for (const path of ["/_next/data/build/page.json", "/_next/static/none.js", "//sign-in", "/sign-in/"]) {
    const traced = await send(`TRACE ${path}`);
    expect([traced.status, traced.headers.get("allow")], path).toEqual([405, "GET, HEAD, OPTIONS"]);
  }
});

test("a request that is not well-formed is answered with a problem, and the connection closed", async () => {
  const { port } = app.posthorn;
  expectRawProblem(await sendRaw(port, ["GARBAGE"]), 400, "bad_request");
  expectRawProblem(
    await sendRaw(port, ["GET /api/v1/events HTTP/1.1", "connection: close"]),
    400,
    "bad_request",
  );
  expectRawProblem(await send("GET /api/v1/events", "host: other"), 400, "bad_request");
  expectRawProblem(await send("GET api/v1/events"), 400, "bad_request");
  expectRawProblem(await send("GET /api/v1/../v1/events"), 400, "bad_request");
  expectRawProblem(await send("GET /api/v1/endpoints/%2e%2e/events"), 400, "bad_request");
  const smuggled = ["content-length: 5", "transfer-encoding: chunked"];
  expectRawProblem(await send("POST /api/v1/events", ...smuggled), 400, "bad_request");
  expectRawProblem(await send("CONNECT localhost:80"), 405, "method_not_allowed");
});

test("headers over 16 KiB are a 431 with a body that says how much there may be", async () => {
  for (const path of ["/api/v1/events", `/api/v1/deliveries?q=${"a".repeat(20_000)}`]) {
    const answer = await send(`GET ${path}`, `x-long: ${"a".repeat(20_000)}`);
    expectRawProblem(answer, 431, "headers_too_large");
    expect(answer.body).toContain("16 KiB");
  }
});

test("an expectation that is unknown is a 417", async () => {
  const answer = await send("POST /api/v1/events", "content-length: 2", "expect: 200-ok");
  expectRawProblem(answer, 417, "expectation_failed");
});

test("an offer to upgrade the connection is passed over, as curl makes it with --http2", async () => {
  const upgrade = ["connection: upgrade, http2-settings", "upgrade: h2c", "http2-settings: AAMAAABk"];
  const answer = await sendRaw(app.posthorn.port, [
    "GET /api/v1/events HTTP/1.1",
    "host: localhost",
    `authorization: Bearer ${workspace.apiKey}`,
    ...upgrade,
    "connection: close",
  ]);
  expect(answer.status, answer.body).toBe(200);
});

test("a header by which Next's pages ask for their data changes nothing at the API", async () => {
  for (const path of ["/api/v1/events", "/api/health", "/api/auth/session"]) {
    const answer = await send(`GET ${path}`, "rsc: 1", "next-router-state-tree: %zz", "next-action: x");
    expect([answer.status, answer.headers.get("content-type")], path).toEqual([200, "application/json"]);
  }
});

test("a target in absolute form is read like its path (RFC 9112 3.2.2)", async () => {
  const absolute = `http://localhost:${app.posthorn.port}`;
  expect((await send(`GET ${absolute}/api/v1/events?limit=1`)).status).toBe(200);
  expectRawProblem(await send(`GET ${absolute}/api/none`), 404, "not_found");
  expect((await send("OPTIONS *")).status).toBe(204);
});

test("the type of each error leads to a page that explains it, without signing in", async () => {
  const answer = await send("GET /api/none");
  const { type } = problem.parse(JSON.parse(answer.body));
  expect(type).toBe(`${app.posthorn.url}/errors/not-found`);
  const api = await app.requestsOf();
  for (const [code, { title }] of Object.entries(errorCodes)) {
    const page = await api.get(type.replace("not-found", code.replaceAll("_", "-")));
    expect(page.status(), code).toBe(200);
    expect(await page.text()).toContain(title);
  }
  for (const none of ["nothing", "__proto__", "to-string"]) {
    expect((await api.get(`/errors/${none}`)).status(), none).toBe(404);
  }
});

test("a wrong password begins no session", async () => {
  const browser = await app.requestsOf();
  const answer = await sendPassword(browser, { ...app.bootstrap, password: "wrong horse battery" });
  expect(answer.status()).toBe(401);
  const { cookies } = await browser.storageState();
  expect(cookies.map((cookie) => cookie.name)).not.toContain("next-auth.session-token");
});

test("nothing that is sent to sign in with makes it fail", async () => {
  const api = await app.requestsOf();
  const path = "/api/auth/callback/credentials";
  const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  for (const email of ['{"toString":1}', deep, "null", "1e400", '"\\u0000"', '"\\ud800"']) {
    const body = Buffer.from(`{"email":${email},"password":${email},"csrfToken":${email}}`);
    const answer = await api.post(path, { data: body, headers: { "content-type": "application/json" } });
    expect(answer.status(), email.slice(0, 20)).toBeLessThan(500);
  }
  for (const callbackUrl of ["%00", "javascript:alert(1)", "//evil.example", "http://[", "%ED%A0%80x"]) {
    for (const action of ["signin", "csrf", "session", "providers"]) {
      const answer = await api.get(`/api/auth/${action}?callbackUrl=${callbackUrl}`, { maxRedirects: 0 });
      expect(answer.status(), `${action} ${callbackUrl}`).toBeLessThan(500);
    }
    const headers = { cookie: `next-auth.callback-url=${callbackUrl}` };
    const answer = await api.get("/api/auth/csrf", { headers });
    expect(answer.status(), callbackUrl).toBeLessThan(500);
  }
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
    for (let sent = 0; sent < 1100; sent += 100) request.write("x".repeat(100 * 1024));
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
      .toContainEqual(expect.stringContaining("a client disconnected while sending its body"));
    const [line] = lines().filter((one) => one.includes("a client disconnected"));
    expect(JSON.parse(line ?? "")).toMatchObject({
      level: 20,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(lines().filter((one) => /"level":(40|50|60)|Error/.test(one))).toEqual([]);
    expect(await workspace.count()).toEqual(before);
  });
}

test("an idle connection is kept for longer than a minute, as most that pool connections do", async () => {
  const answer = await fetch(`${app.posthorn.url}/api/health`);
  expect(answer.headers.get("keep-alive")).toBe("timeout=75");
});
