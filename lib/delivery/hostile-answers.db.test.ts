import http from "node:http";
import https from "node:https";
import net, { type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deliveriesQuery } from "../contract/deliveries";
import { getDelivery } from "../deliveries/get-delivery";
import { listDeliveries } from "../deliveries/list-deliveries";
import { deleteEndpoint } from "../endpoints/delete-endpoint";
import { testEndpoint } from "../endpoints/test-endpoint";
import { createCertificateAuthority } from "../testing/certificate-authority";
import { drain } from "../testing/drain";
import { listen } from "../testing/listen";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { closeAgent } from "./http-client/agent";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
});
afterAll(async () => {
  await closeAgent();
  await workspace.close();
});

/** Publishes to a server, lets the engine send and record, and reads back the attempt as an operator does. */
async function recordedAttempt(
  server: net.Server,
  scheme: "http" | "https" = "http",
  headers: Record<string, string> = {},
) {
  const { ctx } = workspace;
  const port = await listen(server);
  const endpoint = await workspace.addEndpoint({
    url: `${scheme}://localhost:${port}/`,
    eventTypes: ["hostile.answer"],
    headers,
  });
  await workspace.publish({ type: "hostile.answer", data: {} });
  await drain();
  const input = deliveriesQuery.parse({ endpointId: endpoint.id });
  const [delivery] = (await listDeliveries({ ctx, input })).data;
  const detail = await getDelivery({ ctx, id: delivery?.id ?? "" });
  // A test's attempt takes another way into the log.
  const tested = await testEndpoint({ ctx, id: endpoint.id, input: { type: "hostile.answer", data: {} } });
  await deleteEndpoint({ ctx, id: endpoint.id });
  const [attempt] = detail.attemptLog;
  expect(tested.attempt).toMatchObject({ error: attempt?.error, errorDetail: attempt?.errorDetail });
  return attempt;
}

const answeringRaw = (answer: Buffer) =>
  net.createServer((socket: Socket) => socket.once("data", () => socket.end(answer)));

test("a body of NULs and broken UTF-8 is kept, and its delivery recorded", async () => {
  const body = Buffer.from([0, 0x61, 0, 0xed, 0xa0, 0x80, 0xff, 0xf0, 0x9f, 0x98]);
  const head = `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`;
  const attempt = await recordedAttempt(answeringRaw(Buffer.concat([Buffer.from(head), body])));
  expect(attempt).toMatchObject({ httpStatus: 200, error: null });
  expect(attempt?.response?.body).toBe(body.toString("utf8"));
});

test("headers of broken UTF-8, odd names and control bytes are kept", async () => {
  const head = Buffer.concat([
    Buffer.from("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n__proto__: a\r\nx-half: "),
    Buffer.from([0xed, 0xa0, 0x80, 0x09, 0xff]),
    Buffer.from("\r\n\r\n"),
  ]);
  const attempt = await recordedAttempt(answeringRaw(head));
  expect(attempt).toMatchObject({ httpStatus: 200, error: null });
  expect(attempt?.response?.headers["x-half"]).toBe("\u00ed\u00a0\u0080\t\u00ff");
  expect(Object.keys(attempt?.response?.headers ?? {})).toContain("__proto__");
});

test("a NUL in a header is an invalid response, and recorded", async () => {
  const head = Buffer.from("HTTP/1.1 200 OK\r\nx-nul: a\u0000b\r\ncontent-length: 0\r\n\r\n");
  expect(await recordedAttempt(answeringRaw(head))).toMatchObject({
    httpStatus: null,
    error: "invalid_response",
  });
});

test("a custom header that the receiver echoes is masked in what is recorded of its answer", async () => {
  const server = http.createServer((request, response) => {
    response.setHeader("x-echo", String(request.headers["x-key"]));
    response.end(JSON.stringify(request.headers));
  });
  const attempt = await recordedAttempt(server, "http", { "X-Key": "very-secret-value" });
  expect(attempt?.response?.headers["x-echo"]).toBe("••••••");
  expect(attempt?.response?.body).toContain('"x-key":"••••••"');
  expect(JSON.stringify(attempt)).not.toContain("very-secret-value");
});

test("half a surrogate pair and a NUL in a certificate's words are recorded as what they are not", async () => {
  // The detail is cut after 500 code units: here in the middle of a pair.
  const authority = await createCertificateAuthority(`\u0000${"😀".repeat(300)}`);
  const server = https.createServer(await authority.issue(), (_request, response) => response.end());
  const attempt = await recordedAttempt(server, "https");
  expect(attempt).toMatchObject({ httpStatus: null, error: "tls_error" });
  expect(attempt?.errorDetail).toMatch(/^The certificate's issuer, .*😀\ufffd$/u);
});
