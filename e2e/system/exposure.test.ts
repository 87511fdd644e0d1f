import http from "node:http";
import { expect, test } from "vitest";
import type { Posthorn } from "../support/start-posthorn.mjs";
import { startForTest } from "./start-for-test";

type Answer = { status: number; headers: http.IncomingHttpHeaders; body: string };

/** Asks at the port, whatever the headers say of the host. */
function ask(
  { port }: Posthorn,
  path: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: object } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path, headers, method: body ? "POST" : "GET", agent: false };
    const request = http.request(options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
    });
    request.on("error", reject).end(body && JSON.stringify(body));
  });
}

const pages = ["/", "/sign-in", "/setup", "/none/developers", "/none"];
const answers = ["/api/health", "/api/openapi.json", "/api/v1/events", "/api/none", "/api/auth/csrf"];
const account = { name: "Ana", email: "ana@example.com", password: "a long password", workspace: "Acme" };

test("with APP_URL the first account needs the printed link, and each answer holds browsers to https and no frame", async () => {
  const appUrl = "https://hooks.example.com";
  const posthorn = await startForTest({ env: { APP_URL: appUrl } });
  for (const path of [...pages, ...answers, "/favicon.svg", "/api/auth/signout", "/%"]) {
    const { headers } = await ask(posthorn, path);
    expect([path, headers]).toEqual([
      path,
      expect.objectContaining({
        "strict-transport-security": "max-age=31536000",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
      }),
    ]);
  }
  for (const path of pages) {
    const { headers } = await ask(posthorn, path);
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
  }

  await expect.poll(() => posthorn.output()).toContain(`${appUrl}/setup?token=`);
  const token = /\/setup\?token=(\S+)/.exec(posthorn.output())?.[1];
  expect((await ask(posthorn, "/setup")).body).toContain("Open the link that Posthorn printed");
  expect((await ask(posthorn, `/setup?token=${token}`)).body).toContain("Your name");
  const origin = { origin: appUrl };
  expect((await ask(posthorn, "/api/setup", { headers: origin, body: account })).status).toBe(403);
  const forged = { host: "evil.example", origin: "https://evil.example" };
  const withToken = { ...account, token };
  expect((await ask(posthorn, "/api/setup", { headers: forged, body: withToken })).status).toBe(403);
  expect((await ask(posthorn, "/api/setup", { headers: origin, body: withToken })).status).toBe(201);
});

test("without APP_URL no name but localhost's leads to any part of Posthorn", async () => {
  const posthorn = await startForTest();
  for (const host of [`evil.example:${posthorn.port}`, "localhost.evil.example", "127.0.0.1.evil.example"]) {
    for (const path of [...pages, ...answers]) {
      const { status } = await ask(posthorn, path, { headers: { host } });
      expect([host, path, status]).toEqual([host, path, 403]);
    }
    const headers = { host, origin: `http://${host}`, "sec-fetch-site": "same-origin" };
    expect((await ask(posthorn, "/api/setup", { headers, body: account })).status).toBe(403);
  }
  for (const host of [
    `localhost:${posthorn.port}`,
    `127.0.0.1:${posthorn.port}`,
    "[::1]",
    "posthorn.localhost",
  ]) {
    const { status, headers } = await ask(posthorn, "/setup", { headers: { host } });
    expect([host, status]).toEqual([host, 200]);
    expect(headers["strict-transport-security"]).toBeUndefined();
  }
});
