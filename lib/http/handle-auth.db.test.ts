import { NextRequest } from "next/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { revokeSession } from "@/db/queries/sessions";
import { makeSession } from "../testing/test-session";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { handleAuth } from "./handle-auth";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
});
afterAll(() => workspace.close());

function ask(action: string, init: ConstructorParameters<typeof NextRequest>[1] = {}) {
  const request = new NextRequest(`http://localhost:3000/api/auth/${action}`, init);
  return handleAuth(request, { params: Promise.resolve({ nextauth: action.split("/") }) });
}

test("NextAuth's own pages, its log for strangers and what nothing uses do not exist", async () => {
  const closed = {
    GET: ["signout", "verify-request", "_log", "callback/credentials", "signin/credentials", "x"],
    POST: ["_log", "session", "csrf", "signin", "signin/credentials", "callback", "callback/x", "error"],
  };
  for (const [method, actions] of Object.entries(closed)) {
    for (const action of actions) {
      expect([action, (await ask(action, { method })).status]).toEqual([action, 404]);
    }
  }
  for (const action of ["signin", "error"]) {
    const { status, headers } = await ask(action);
    expect([status, headers.get("location")]).toEqual([307, "/sign-in"]);
  }
});

test("a body longer than a form is refused after a form's length, also if its length is not said", async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 1;
      controller.enqueue(new Uint8Array(16 * 1024));
    },
  });
  const unsaid = await ask("callback/credentials", { method: "POST", body: endless, duplex: "half" });
  expect(unsaid.status).toBe(413);
  expect(sent).toBeLessThan(10);
  const said = await ask("callback/credentials", { method: "POST", body: "a".repeat(100_000) });
  expect(said.status).toBe(413);
  expect(said.headers.get("content-type")).toBe("application/problem+json");
});

test("nothing is said of a session that has ended", async () => {
  const { id, cookie } = await makeSession(workspace.ctx.workspace.id, "owner");
  await revokeSession(database().db, id);
  const answer = await ask("session", { headers: { cookie } });
  expect([answer.status, await answer.json()]).toEqual([200, {}]);
});

test("a body that is no form, and a cookie that NextAuth fails at, are the client's mistake", async () => {
  const json = { "content-type": "application/json" };
  expect((await ask("signout", { method: "POST", headers: json, body: "{" })).status).toBe(400);
  const gzip = { "content-encoding": "gzip" };
  expect((await ask("signout", { method: "POST", headers: gzip, body: "x" })).status).toBe(415);
  const cookie = "next-auth.callback-url=none";
  const odd = await ask("csrf", { headers: { cookie } });
  expect(odd.status).toBe(422);
  expect(odd.headers.get("set-cookie")).toBe("next-auth.callback-url=; Path=/; Max-Age=0");
});
