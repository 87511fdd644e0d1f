import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { settings } from "../platform/env";
import { setupToken } from "../setup/setup-token.mjs";
import { createTestInstance } from "../testing/test-instance";
import { handleSetup } from "./setup-api";

let instance: Awaited<ReturnType<typeof createTestInstance>>;
beforeAll(async () => {
  instance = await createTestInstance({ POSTHORN_LOG_LEVEL: "silent" });
});
afterAll(() => instance.close());

const ask = async (headers: Record<string, string>, fields: object = {}) =>
  (await answerTo(headers, fields)).status;

async function answerTo(headers: Record<string, string>, fields: object) {
  const input = { name: "Ana", email: "ana@example.com", password: "a long password", workspace: "Acme" };
  const request = new Request("http://localhost:3000/api/setup", {
    method: "POST",
    headers: { host: "localhost:3000", ...headers },
    body: JSON.stringify({ ...input, ...fields }),
  });
  const answer = await handleSetup(request, { params: Promise.resolve({}) });
  const users = await database().sql`select 1 from users`;
  expect(users).toHaveLength(answer.status === 201 || answer.status === 409 ? 1 : 0);
  const body: { code?: string; errors?: { path: string }[] } = await answer.json();
  return { status: answer.status, body };
}

test("no page of another origin, nor of a name that leads here, makes the first owner", async () => {
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://localhost:8080" },
    { origin: "http://localhost:3000", "sec-fetch-site": "cross-site" },
    { host: "evil.example:3000", origin: "http://evil.example:3000", "sec-fetch-site": "same-origin" },
    { host: "evil.example:3000" },
  ];
  for (const headers of foreign) expect(await ask(headers)).toBe(403);
});

test("what is wrong with a setup is answered 422, naming the field, and nobody is set up", async () => {
  const wrong: [object, string][] = [
    [{ name: " " }, "name"],
    [{ email: "ana" }, "email"],
    [{ password: "short" }, "password"],
    [{ workspace: "" }, "workspace"],
    [{ sampleCatalogue: "no" }, "sampleCatalogue"],
    [{ role: "owner" }, "role"],
  ];
  for (const [fields, path] of wrong) {
    const { status, body } = await answerTo({ origin: "http://localhost:3000" }, fields);
    expect([status, body.code, body.errors?.map((error) => error.path)]).toEqual([
      422,
      "validation_failed",
      [path],
    ]);
  }
});

test("with APP_URL the first owner needs the token of the printed link", async () => {
  const before = { ...settings() };
  Object.assign(settings(), { hasAppUrl: true, appUrl: "https://hooks.example.com" });
  const page = { host: "127.0.0.1:3000", origin: "https://hooks.example.com" };
  const token = setupToken(settings().authSecret);
  try {
    for (const wrong of [undefined, "", token.slice(1), `${token}a`, setupToken("another secret")]) {
      expect(await ask(page, { token: wrong })).toBe(403);
    }
    expect(await ask({ ...page, origin: "https://evil.example" }, { token })).toBe(403);
    expect(await ask(page, { token })).toBe(201);
  } finally {
    Object.assign(settings(), before);
  }
});

test("once somebody is set up, nothing is hashed or read", async () => {
  // More than may wait for a hash.
  const answers = await Promise.all(Array.from({ length: 100 }, () => ask({})));
  expect(new Set(answers)).toEqual(new Set([409]));
  expect(await ask({}, { password: 1 })).toBe(409);
  expect(await ask({ origin: "https://evil.example" })).toBe(409);
});
