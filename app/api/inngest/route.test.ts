import { NextRequest } from "next/server";
import { afterEach, expect, test } from "vitest";
import { readSettings } from "@/lib/platform/env";
import { GET, POST, PUT } from "./route";

const secret = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const own = {
  DATABASE_URL: "postgres://127.0.0.1/none",
  POSTHORN_ENCRYPTION_KEY: secret,
  POSTHORN_AUTH_SECRET: secret,
  POSTHORN_LOG_LEVEL: "silent",
};

function useSettings(environment: Record<string, string>) {
  Object.assign(globalThis, { posthornSettings: readSettings({ ...own, ...environment }) });
}

afterEach(() => Object.assign(globalThis, { posthornSettings: undefined }));

const url = "http://127.0.0.1:3000/api/inngest?fnId=posthorn-deliver-due&stepId=step";
const body = JSON.stringify({
  event: {},
  events: [{}],
  steps: {},
  ctx: { run_id: "1", attempt: 0 },
  version: 2,
});

test("on the embedded engine there is no way in from outside", async () => {
  useSettings({});
  for (const [method, handler] of Object.entries({ GET, POST, PUT })) {
    const request = new NextRequest(url, { method, ...(method === "POST" ? { body } : {}) });
    expect((await handler(request)).status).toBe(404);
  }
});

test("with a server, a call that it did not sign runs nothing", async () => {
  useSettings({
    INNGEST_BASE_URL: "http://127.0.0.1:1",
    INNGEST_EVENT_KEY: "key",
    INNGEST_SIGNING_KEY: secret,
  });
  const unsigned = await POST(new NextRequest(url, { method: "POST", body }));
  expect(unsigned.status).toBe(401);
  const headers = { "x-inngest-signature": `t=${Math.floor(Date.now() / 1000)}&s=${"0".repeat(64)}` };
  const forged = await POST(new NextRequest(url, { method: "POST", body, headers }));
  expect(forged.status).toBe(401);
});
