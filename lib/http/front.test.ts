import http from "node:http";
import { beforeAll, expect, test } from "vitest";
import { problem } from "../contract/shared";
import { beginStopping } from "../platform/stopping";
import { applySettings } from "../testing/apply-settings";
import { listen } from "../testing/listen";
import { wasAskedWithin } from "./close-server";
import { type Front, registerFront } from "./front";

const holder = globalThis as { posthornFront?: Front };
beforeAll(() => {
  applySettings();
  // What another test file left in the same process.
  Object.assign(globalThis, { posthornIsStopping: false, posthornLastRequestAt: undefined });
});

/** A server that asks what is in front of Next, as the launcher's does. */
async function serve() {
  registerFront();
  const front = holder.posthornFront;
  if (!front) throw new Error("nothing is in front");
  const server = http.createServer((request, response) => {
    if (request.url === "/fails") front.answerFailure(request, response, new Error("its own words"));
    else if (!front.answerFirst(request, response)) response.end("Next's");
  });
  server.on("checkExpectation", (request, response) => front.refuseExpectation(request, response));
  const port = await listen(server);
  return { front, port, url: `http://localhost:${port}` };
}

test("what is in front answers for itself, leaves the rest to Next, and notes that it was asked", async () => {
  const { url, front } = await serve();
  expect(wasAskedWithin(60_000)).toBe(false);
  expect((await fetch(`${url}/api/none`)).status).toBe(404);
  expect(wasAskedWithin(60_000)).toBe(true);
  expect(wasAskedWithin(0)).toBe(false);
  expect(await (await fetch(`${url}/`)).text()).toBe("Next's");
  expect(front.refuseConnection("CONNECT")).toMatch(/^HTTP\/1\.1 405 /);
});

test("what Next failed at is answered as an internal error, without its text", async () => {
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

test("connections are kept until Posthorn ends; then each answer asks for its own to be closed", async () => {
  const { url } = await serve();
  const connectionOf = async (path: string) => (await fetch(url + path)).headers.get("connection");
  expect(await connectionOf("/")).toBe("keep-alive");
  beginStopping();
  for (const path of ["/", "/api/none"]) expect(await connectionOf(path)).toBe("close");
});
