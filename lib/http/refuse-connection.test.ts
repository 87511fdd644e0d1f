import net from "node:net";
import { beforeAll, expect, test } from "vitest";
import { problem } from "../contract/shared";
import { applySettings } from "../testing/apply-settings";
import { listen } from "../testing/listen";
import { refuseConnection } from "./refuse-connection";

beforeAll(() => applySettings());

/** The answer as a client reads it. */
async function answerTo(code: string | undefined) {
  const server = net.createServer((socket) => {
    socket.once("data", () => socket.end(refuseConnection(code)));
  });
  const answer = await fetch(`http://127.0.0.1:${await listen(server)}/`);
  return { answer, body: problem.parse(await answer.json()) };
}

test.each([
  ["HPE_HEADER_OVERFLOW", 431, "Request Header Fields Too Large", "headers_too_large", "16 KiB"],
  ["ERR_HTTP_REQUEST_TIMEOUT", 408, "Request Timeout", "request_timeout", "did not arrive in time"],
  ["CONNECT", 405, "Method Not Allowed", "method_not_allowed", "not a proxy"],
  ["HPE_INVALID_METHOD", 400, "Bad Request", "bad_request", "not well-formed HTTP/1.1"],
  [undefined, 400, "Bad Request", "bad_request", "not well-formed HTTP/1.1"],
])(
  "%s is answered %i, as a problem document, and the connection is over",
  async (code, status, words, name, detail) => {
    const { answer, body } = await answerTo(code);
    expect([answer.status, answer.statusText]).toEqual([status, words]);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.headers.get("connection")).toBe("close");
    expect(answer.headers.get("allow")).toBe(code === "CONNECT" ? "" : null);
    expect(Date.parse(answer.headers.get("date") ?? "")).not.toBeNaN();
    expect(body).toMatchObject({ status, code: name, detail: expect.stringContaining(detail) });
    expect(answer.headers.get("x-request-id")).toBe(body.requestId);
  },
);
