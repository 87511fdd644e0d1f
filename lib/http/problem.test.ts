import http from "node:http";
import net from "node:net";
import { text } from "node:stream/consumers";
import { beforeAll, expect, test } from "vitest";
import { problem } from "../contract/shared";
import { AppError, validationFailed } from "../core/errors";
import { applySettings } from "../testing/apply-settings";
import { listen } from "../testing/listen";
import { ClientGone } from "./client-gone";
import { problemResponse } from "./problem";
import { sendProblem } from "./send-answer";

beforeAll(() => applySettings({ APP_URL: "https://hooks.example.com" }));

/** As the client of the database throws it. */
const failure = (code: string) => Object.assign(new Error("its own words"), { code });

test.each([["ECONNREFUSED"], ["CONNECT_TIMEOUT"], ["53100"], ["57P03"]])(
  "%s of the database is a 503 that says that nothing was written",
  async (code) => {
    const response = problemResponse(failure(code), "a request");
    const { detail }: { detail: string } = await response.json();
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(detail).toContain("nothing was written");
    expect(detail).not.toContain("its own words");
  },
);

test.each([["ECONNRESET"], ["CONNECTION_CLOSED"], ["57P01"], ["57P02"]])(
  "%s may have come after the commit: the 503 does not say that nothing was written",
  async (code) => {
    const response = problemResponse(failure(code), "a request");
    const { detail }: { detail: string } = await response.json();
    expect(response.status).toBe(503);
    expect(detail).toContain("unknown whether anything was written");
    expect(detail).not.toContain("nothing was written");
  },
);

test("any other error is a 500 without its text", async () => {
  const response = problemResponse(new Error("its own words"), "a request");
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("its own words");
});

test("a problem says its code, what is wrong with each field, and where that is explained, and is not cached", async () => {
  const response = problemResponse(validationFailed([{ path: "url", message: "is missing" }]), "r-1");
  expect(response.status).toBe(422);
  expect(Object.fromEntries(response.headers)).toEqual({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-request-id": "r-1",
  });
  expect(await response.json()).toEqual({
    type: "https://hooks.example.com/errors/validation-failed",
    title: "Validation failed",
    status: 422,
    code: "validation_failed",
    detail: "url: is missing",
    errors: [{ path: "url", message: "is missing" }],
    requestId: "r-1",
  });
});

test.each([
  [new AppError("unauthenticated", ""), "www-authenticate", "Bearer"],
  [new AppError("rate_limited", "", { retryAfterSeconds: 60 }), "retry-after", "60"],
  [new AppError("unsupported_media_type", ""), "accept-encoding", "identity"],
  [new AppError("method_not_allowed", "", { allow: ["GET", "POST"] }), "allow", "GET, POST"],
])("%s says in a header what would be right, and no other error does", (error, name, value) => {
  expect(problemResponse(error, "r-1").headers.get(name)).toBe(value);
  expect(problemResponse(new AppError("conflict", ""), "r-1").headers.get(name)).toBeNull();
});

test("a client that hung up is answered with nothing", async () => {
  const response = problemResponse(new ClientGone("the connection ended"), "r-1");
  expect([response.status, await response.text()]).toEqual([499, ""]);
});

/** Answers a request before its body came, with a problem; the connection stays unless the answer ends it. */
async function answerTo(request: string) {
  const server = http.createServer((incoming, response) =>
    sendProblem(incoming, response, new AppError("not_found", "There is no é."), "r-1"),
  );
  const socket = net.connect(await listen(server), "127.0.0.1");
  socket.write(request);
  return { socket, server };
}

test.each(["content-length: 9", "transfer-encoding: chunked"])(
  "a request whose body (%s) is still to come is answered, and its connection closed: the body would be the next request",
  async (framing) => {
    const { socket } = await answerTo(`POST / HTTP/1.1\r\nhost: a\r\n${framing}\r\n\r\n`);
    const answer = await text(socket);
    expect(answer).toMatch(/^connection: close\r$/im);
    const [, body = ""] = answer.split("\r\n\r\n");
    expect(problem.parse(JSON.parse(body))).toMatchObject({ code: "not_found", detail: "There is no é." });
    expect(answer).toContain(`content-length: ${Buffer.byteLength(body)}\r\n`);
  },
);

test("a request without a body keeps its connection", async () => {
  const { socket } = await answerTo("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk;
  });
  await expect.poll(() => answer).toContain('"requestId":"r-1"}');
  expect(answer).toMatch(/^connection: keep-alive\r$/im);
  socket.destroy();
});

test("HEAD is answered by the headers alone", async () => {
  const { socket } = await answerTo("HEAD / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
  const answer = await text(socket);
  expect(answer).toMatch(/^content-length: [1-9]/m);
  expect(answer).toMatch(/\r\n\r\n$/);
});
