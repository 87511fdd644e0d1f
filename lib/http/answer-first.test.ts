import { once } from "node:events";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { applySettings } from "../testing/apply-settings";
import { answerFirst } from "./answer-first";

/** What came to Next, in whose place this server says that it is Next's. */
let nexts: { url?: string; host?: string; network?: unknown; address?: unknown; rsc?: unknown } | undefined;
const server = http.createServer({ requireHostHeader: false }, (request, response) => {
  if (answerFirst(request, response)) return;
  const { url, headers } = request;
  nexts = {
    url,
    host: headers.host,
    network: headers["x-posthorn-network"],
    address: headers["x-posthorn-address"],
    rsc: headers.rsc,
  };
  response.end("Next's");
});
let port: number;
let url: string;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
  url = `http://localhost:${port}/api/v1/deliveries`;
});
beforeEach(() => {
  nexts = undefined;
  applySettings();
});
afterAll(() => server.close());

/** Sends a request line with headers exactly as given, and reads the response. */
async function ask(line: string, ...headers: string[]) {
  const socket = net.connect(port, "127.0.0.1");
  socket.write([`${line} HTTP/1.1`, ...headers, "connection: close", "", ""].join("\r\n"));
  const [head = "", ...body] = (await text(socket)).split("\r\n\r\n");
  const [status = "", ...lines] = head.split("\r\n");
  const fields = lines.map((field) => field.split(/: ?(.*)/, 2));
  return {
    status: Number(status.split(" ")[1]),
    headers: Object.fromEntries(fields.map(([name = "", value]) => [name.toLowerCase(), value])),
    body: body.join("\r\n\r\n"),
  };
}
const own = "host: localhost:3000";

test.each(["__proto__", "nextInternalLocale", "nxtPid", "nxtIid", "%6extPid", "__pro%74o__"])(
  "the parameter %s, which Next would lose, is refused as one that no operation has",
  async (name) => {
    const answer = await fetch(`${url}?limit=5&${name}=1`);
    const { errors }: { errors: unknown } = JSON.parse(await answer.text());
    expect(answer.status).toBe(422);
    expect(errors).toEqual([{ path: decodeURIComponent(name), message: "is not a field of this request" }]);
  },
);

test.each(["limit=5", "nxt=1", "constructor=1", ""])(
  "the query %s is the route's to judge",
  async (query) => {
    expect(await (await fetch(`${url}?${query}`)).text()).toBe("Next's");
  },
);

const notATarget = /must be a path/;
const oneHost = /must have one Host header/;
const notEncoded = (part: string) => new RegExp(`^The ${part} has a % that is not part`);
const dots = /must not contain the segments \. or \.\./;

test.each<[line: string, headers: string[], detail: RegExp]>([
  ["GET *", [own], notATarget],
  ["GET ftp://localhost/", [own], notATarget],
  ["GET /api/v1/events", [], oneHost],
  ["GET /api/v1/events", [own, own], oneHost],
  ["GET /api/v1/events", [own, "HOST: localhost"], oneHost],
  ["GET /api/v1/%zz", [own], notEncoded("path")],
  ["GET /api/v1/%ff", [own], notEncoded("path")],
  ["GET /api/v1/events?type=%", [own], notEncoded("query")],
  ["GET /api/v1/../v1/events", [own], dots],
  ["GET /api/v1/./events", [own], dots],
  ["GET /api/v1/%2e%2E", [own], dots],
])("%s with %j is malformed: a problem document says how", async (line, headers, detail) => {
  const answer = await ask(line, ...headers);
  expect(answer.status).toBe(400);
  expect(answer.headers).toMatchObject({
    "content-type": "application/problem+json",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  });
  expect(JSON.parse(answer.body)).toMatchObject({
    code: "bad_request",
    detail: expect.stringMatching(detail),
  });
  expect(nexts).toBeUndefined();
});

test.each<[line: string, headers: string[], status: number, body: string]>([
  ["GET /%zz", [own], 400, "400 The path has a % that is not part"],
  ["GET /", [], 400, "400 The request must have one Host header"],
  ["GET /", ["host: evil.example"], 403, "403 Posthorn does not answer at evil.example."],
  ["POST /sign-in", [own], 405, "405 /sign-in does not support POST, only GET, HEAD, OPTIONS.\n"],
  ["POST /x/_next/y", [own], 405, "405 /x/_next/y does not support POST"],
  ["POST /_nextlevel", [own], 405, "405 /_nextlevel does not support POST"],
])("who opened a page with %s and %j reads a line of text", async (line, headers, status, body) => {
  const answer = await ask(line, ...headers);
  expect(answer.status).toBe(status);
  expect(answer.headers).toMatchObject({
    "content-type": "text/plain; charset=utf-8",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
  });
  expect(answer.headers.allow).toBe(status === 405 ? "GET, HEAD, OPTIONS" : undefined);
  expect(answer.body).toContain(body);
});

test.each<[line: string, headers: string[], seen: { url: string; host?: string }]>([
  ["GET /", [own], { url: "/", host: "localhost:3000" }],
  ["GET /apis", [own], { url: "/apis" }],
  ["GET /x/api", [own], { url: "/x/api" }],
  ["GET /events?type=%", [own], { url: "/events?type=%" }],
  ["GET /x/../events", [own], { url: "/x/../events" }],
  ["GET /api/v1/event-types/a..b", [own], { url: "/api/v1/event-types/a..b" }],
  ["GET /api/v1/events", [own, "x-name: host"], { url: "/api/v1/events" }],
  ["GET /.well-known/jwks.json", [own], { url: "/.well-known/jwks.json" }],
  ["HEAD /api/health", [own], { url: "/api/health" }],
  ["GET /api//none", [own], { url: "/api//none" }],
  ["GET /api/none/", [own], { url: "/api/none/" }],
  ["GET /api\\none", [own], { url: "/api\\none" }],
  ["POST /_next/x", [own], { url: "/_next/x" }],
  ["POST /__nextjs_x", [own], { url: "/__nextjs_x" }],
  // RFC 9112 3.2.2: the target's authority counts, whatever Host says.
  [
    "GET http://localhost/api/v1/events?limit=5",
    ["host: evil.example"],
    { url: "/api/v1/events?limit=5", host: "localhost" },
  ],
  ["GET HTTPS://localhost:8443/sign-in", [own], { url: "/sign-in", host: "localhost:8443" }],
  ["GET http://localhost?a=1", [own], { url: "/?a=1", host: "localhost" }],
  ["GET http://localhost", [own], { url: "/", host: "localhost" }],
])("%s with %j is Next's", async (line, headers, seen) => {
  const answer = await ask(line, ...headers);
  expect(answer.status).toBe(200);
  expect(nexts).toMatchObject(seen);
  expect(answer.headers["x-content-type-options"]).toBe("nosniff");
});

test("a request of HTTP/1.0 needs no host", async () => {
  const socket = net.connect(port, "127.0.0.1");
  socket.write("GET /sign-in HTTP/1.0\r\n\r\n");
  expect(await text(socket)).toContain("Next's");
});

test("a target that names another host is refused, whatever Host says", async () => {
  const answer = await ask("GET http://evil.example/api/v1/events", own);
  expect(answer.status).toBe(403);
  expect(JSON.parse(answer.body)).toMatchObject({
    code: "forbidden",
    detail: expect.stringMatching(/^Posthorn does not answer at evil\.example\. .* set APP_URL/),
  });
});

test.each(["/api", "/api/none", "/.well-known", "/.well-known/none", "/api/v1/events/a/b", "/api/v1/.x"])(
  "%s is no path of the API",
  async (path) => {
    const { status, body } = await ask(`GET ${path}`, own);
    expect(status).toBe(404);
    expect(JSON.parse(body)).toMatchObject({
      code: "not_found",
      detail: expect.stringContaining(`no ${path};`),
    });
    expect((await ask(`HEAD ${path}`, own)).body).toBe("");
  },
);

test("a method that a path of the API does not have is refused with those that it has", async () => {
  const answer = await ask("DELETE /api/v1/events?limit=5", own);
  expect([answer.status, answer.headers.allow]).toEqual([405, "POST, GET, HEAD, OPTIONS"]);
  expect(JSON.parse(answer.body)).toMatchObject({
    code: "method_not_allowed",
    detail: "/api/v1/events does not support DELETE, only POST, GET, HEAD, OPTIONS.",
  });
});

test.each([
  ["*", "GET, HEAD, OPTIONS"],
  ["/sign-in", "GET, HEAD, OPTIONS"],
  ["/api/v1/events", "POST, GET, HEAD, OPTIONS"],
  ["/api/health?__proto__=1", "GET, HEAD, OPTIONS"],
])("OPTIONS %s is answered with the methods that are there", async (target, allow) => {
  const answer = await ask(`OPTIONS ${target}`, own);
  expect([answer.status, answer.headers.allow, answer.body]).toEqual([204, allow, ""]);
});

test("HEAD is answered as GET is, without the text", async () => {
  const { status, body } = await ask("HEAD /%zz", own);
  expect([status, body]).toEqual([400, ""]);
});

test.each<[headers: string[], network: string]>([
  [[], "127.0.0.1"],
  [["x-posthorn-network: 203.0.113.1", "x-posthorn-address: 203.0.113.1"], "127.0.0.1"],
  [["x-forwarded-for: 198.51.100.1, 203.0.113.9"], "203.0.113.9"],
  [["x-forwarded-for: 198.51.100.1", "x-forwarded-for: 203.0.113.9"], "203.0.113.9"],
])(
  "with %j a route gets the network and address %s, which no client can set itself",
  async (headers, network) => {
    await ask("GET /api/v1/events", own, ...headers);
    expect([nexts?.network, nexts?.address]).toEqual([network, network]);
  },
);

test("of an IPv6 client a route gets the network of 64 bits, and the whole address", async () => {
  await ask("GET /api/v1/events", own, "x-forwarded-for: 2001:db8:1:2:3:4:5:6");
  expect([nexts?.network, nexts?.address]).toEqual(["2001:db8:1:2::/64", "2001:db8:1:2:3:4:5:6"]);
});

test.each(["/_next/data/build/page.json", "/_next/static/none.js", "//sign-in", "/sign-in/"])(
  "TRACE of %s, at which Next would fail, is a 405",
  async (path) => {
    const { status, headers } = await ask(`TRACE ${path}`, own);
    expect([status, headers.allow]).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect(nexts).toBeUndefined();
  },
);

test("a worker answers health, metrics and Inngest, and says of everything else who does", async () => {
  applySettings({ POSTHORN_ROLE: "worker" });
  for (const path of ["/api/health", "/api/health/live", "/api/inngest"]) {
    expect((await ask(`GET ${path}`, "Host: localhost")).body).toBe("Next's");
  }
  for (const path of ["/api/v1/events", "/api/openapi.json", "/acme/webhooks", "/", "/_next/static/a.js"]) {
    const { status, body } = await ask(`GET ${path}`, "Host: localhost");
    expect([path, status]).toEqual([path, 404]);
    expect(body).toContain("Send the request to one whose POSTHORN_ROLE is web or all");
  }
});

test("a process that runs no functions is not called by Inngest", async () => {
  applySettings({ POSTHORN_ROLE: "web" });
  const { status, body } = await ask("PUT /api/inngest", "Host: localhost");
  expect(status).toBe(404);
  expect(body).toContain("Set INNGEST_SERVE_ORIGIN to one whose POSTHORN_ROLE is worker or all");
  expect((await ask("GET /api/health", "Host: localhost")).body).toBe("Next's");
});

test("only of pages does Next learn that their data is asked for", async () => {
  await ask("GET /api/v1/deliveries", own, "rsc: 1");
  expect(nexts).toMatchObject({ url: "/api/v1/deliveries", rsc: undefined });
  await ask("GET /sign-in", own, "rsc: 1");
  expect(nexts).toMatchObject({ url: "/sign-in", rsc: "1" });
});
