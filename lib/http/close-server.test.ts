import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { listen } from "../testing/listen";
import { closeServer } from "./close-server";

/** A server, and a client's connection to it that has asked. */
async function stage(answer: http.RequestListener) {
  const server = http.createServer({ keepAliveTimeout: 600_000 }, answer);
  const port = await listen(server);
  const socket = net.connect(port, "127.0.0.1").on("error", () => undefined);
  const asked = once(server, "request");
  const ask = () => socket.write("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");
  ask();
  await asked;
  return { server, socket, ask, port };
}

const longMs = 600_000;

test("what is being answered is answered to its end, and no more connections are taken", async () => {
  let finish = () => {};
  const { server, socket, port } = await stage((_request, response) => {
    finish = () => response.end("whole");
  });
  const closed = closeServer(server, longMs);
  const [refusal] = await once(net.connect(port, "127.0.0.1"), "error");
  expect(refusal).toMatchObject({ code: "ECONNREFUSED" });
  finish();
  expect(await text(socket)).toContain("whole");
  await closed;
});

test("a connection that a proxy keeps is served one more time, and closed when it is idle", async () => {
  const { server, socket, ask } = await stage((_request, response) => response.end("ok"));
  let answers = "";
  socket.on("data", (chunk) => {
    answers += chunk;
  });
  await expect.poll(() => answers).toContain("ok");
  const closed = closeServer(server, longMs);
  ask();
  await expect.poll(() => answers.match(/200 OK/g)).toHaveLength(2);
  await closed;
  await expect.poll(() => socket.closed).toBe(true);
});

test("what takes longer than it may is cut off", async () => {
  const { server, socket } = await stage(() => undefined);
  await closeServer(server, 1);
  await expect.poll(() => socket.closed).toBe(true);
});
