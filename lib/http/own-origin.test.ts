import { beforeEach, expect, test } from "vitest";
import { applySettings } from "../testing/apply-settings";
import { isCrossOrigin, isOwnHost, isSameOrigin } from "./own-origin";

beforeEach(() => applySettings());

const request = (headers: Record<string, string>, method = "GET") =>
  new Request("http://localhost/api/v1/events", { method, headers });

test.each([
  "localhost",
  "LOCALHOST:3000",
  "posthorn.localhost:3000",
  "127.0.0.1:9",
  "192.168.1.5:3000",
  "[::1]:3000",
  "[2001:db8::5]",
])("without APP_URL, %s is its own: no page of somebody else's has that name", (host) => {
  expect(isOwnHost(host)).toBe(true);
});

test.each([
  "evil.example",
  "evil.example:3000",
  "localhost.evil.example",
  "127.0.0.1.evil.example",
  "localhost@evil.example",
  "a b",
  "%",
])("without APP_URL, %s is another's", (host) => {
  expect(isOwnHost(host)).toBe(false);
  expect(isCrossOrigin(request({ host, origin: `http://${host}` }))).toBe(true);
});

test("a request without a host comes from no browser", () => {
  for (const host of [undefined, null, ""]) expect(isOwnHost(host)).toBe(true);
});

test("the name of HOST, and that under which Inngest calls, are its own; others are not", () => {
  applySettings({
    HOST: "hooks.lan",
    INNGEST_EVENT_KEY: "key",
    INNGEST_SIGNING_KEY: "key",
    INNGEST_SERVE_ORIGIN: "https://posthorn.internal:8443",
  });
  for (const host of ["hooks.lan", "hooks.lan:3000", "posthorn.internal:8443"])
    expect(isOwnHost(host), host).toBe(true);
  for (const host of ["lan", "x.hooks.lan", "posthorn.internal", "posthorn.internal:3000", "evil.example"])
    expect(isOwnHost(host), host).toBe(false);
});

test("Inngest without a configured origin accepts no host name", () => {
  applySettings({ INNGEST_EVENT_KEY: "key", INNGEST_SIGNING_KEY: "key" });
  expect(isOwnHost("evil.example")).toBe(false);
});

test("with APP_URL, any host may be passed on by the proxy, and that origin alone is its own", () => {
  applySettings({ APP_URL: "https://hooks.example.com" });
  for (const host of ["10.0.0.7:3000", "posthorn", "hooks.example.com"]) {
    expect(isOwnHost(host)).toBe(true);
    expect(isCrossOrigin(request({ host, origin: "https://hooks.example.com" }))).toBe(false);
    for (const origin of ["https://evil.example", "http://hooks.example.com", `http://${host}`, "null"])
      expect(isCrossOrigin(request({ host, origin })), origin).toBe(true);
  }
});

test.each([
  [{}, false],
  [{ "sec-fetch-site": "same-origin" }, false],
  [{ "sec-fetch-site": "none" }, false],
  [{ "sec-fetch-site": "same-site" }, true],
  [{ "sec-fetch-site": "cross-site" }, true],
  [{ "sec-fetch-site": "" }, true],
  [{ origin: "http://localhost:3000" }, false],
  [{ origin: "http://localhost:3001" }, true],
  [{ origin: "http://evil.example:3000" }, true],
  [{ origin: "null" }, true],
  [{ origin: "http://localhost:3000", "sec-fetch-site": "cross-site" }, true],
  [{ origin: "http://evil.example", "sec-fetch-site": "same-origin" }, true],
])(
  "without APP_URL, a request to localhost:3000 that says %j is one of another origin: %s",
  (headers, crosses) => {
    const own = request({ host: "localhost:3000", ...headers });
    expect(isCrossOrigin(own)).toBe(crosses);
    if (crosses) expect(isSameOrigin(own)).toBe(false);
  },
);

test("what says nothing of its origin may read, and changes nothing", () => {
  const silent = { host: "localhost:3000" };
  for (const method of ["GET", "HEAD"]) expect(isSameOrigin(request(silent, method))).toBe(true);
  for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    expect(isSameOrigin(request(silent, method)), method).toBe(false);
});

test("either header says that the dashboard itself makes a change", () => {
  const host = "localhost:3000";
  for (const [name, value] of [
    ["origin", `http://${host}`],
    ["sec-fetch-site", "same-origin"],
  ] as const)
    expect(isSameOrigin(request({ host, [name]: value }, "DELETE"))).toBe(true);
});
