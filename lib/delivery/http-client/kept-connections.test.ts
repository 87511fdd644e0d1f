import https from "node:https";
import net, { type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { PrivateTargets } from "../../core/delivery-limits";
import { createCertificateAuthority } from "../../testing/certificate-authority";
import { listen } from "../../testing/listen";
import { sendOnce } from "../../testing/send-once";
import { closeAgent, DeliveryAgent, agent as processAgent } from "./agent";

const okAnswer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

type Request = { connection: number; id: string; body: string };

/**
 * A receiver that answers the nth request of its mth connection as given, and an agent that sends to it. Requests are
 * counted once they are there in full.
 */
async function stage(answer: (socket: Socket, place: { connection: number; request: number }) => void) {
  const requests: Request[] = [];
  const sockets: Socket[] = [];
  const server = net.createServer((socket) => {
    const connection = sockets.push(socket);
    let text = "";
    let request = 0;
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const end = text.indexOf("\r\n\r\n");
      if (end < 0 || Buffer.byteLength(text.slice(end + 4)) < Number(/content-length: (\d+)/.exec(text)?.[1]))
        return;
      requests.push({ connection, id: /webhook-id: (\S+)/.exec(text)?.[1] ?? "", body: text.slice(end + 4) });
      text = "";
      request += 1;
      answer(socket, { connection, request });
    });
  });
  const port = await listen(server);
  const agent = new DeliveryAgent({ targets: "loopback" });
  onTestFinished(() => agent.destroy());
  const send = (
    id: string,
    { timeoutMs, body = `{"id":"${id}"}` }: { timeoutMs?: number; body?: string } = {},
  ) => sendOnce({ agent, url: `http://127.0.0.1:${port}/`, headers: { "webhook-id": id }, body, timeoutMs });
  return { requests, sockets, server, send, port };
}

const ends: [how: string, end: (socket: Socket) => void][] = [
  ["closes", (socket) => socket.end()],
  ["resets", (socket) => socket.resetAndDestroy()],
];

test.each(ends)(
  "a kept connection that its receiver %s as it is used again is not a failure: the same request is sent again, on a new one",
  async (_how, end) => {
    const { requests, send } = await stage((socket, { request }) => {
      if (request === 1) socket.write(okAnswer);
      else end(socket);
    });
    await send("a");
    expect(await send("b")).toMatchObject({ httpStatus: 200, error: null });
    expect(requests).toEqual([
      { connection: 1, id: "a", body: '{"id":"a"}' },
      { connection: 1, id: "b", body: '{"id":"b"}' },
      { connection: 2, id: "b", body: '{"id":"b"}' },
    ]);
  },
);

test("many kept connections that are stale at once fail nothing: what is sent again takes none of them", async () => {
  const { requests, send } = await stage((socket, { request }) => {
    // All are asked before the first is answered, so that each has a connection of its own.
    if (request === 1) setTimeout(() => socket.write(okAnswer), 100);
    else socket.destroy();
  });
  const burst = (name: string) =>
    Promise.all(Array.from({ length: 10 }, (_, index) => send(`${name}${index}`)));
  await burst("a");
  const again = await burst("b");
  expect(again.map(({ httpStatus }) => httpStatus)).toEqual(Array.from({ length: 10 }, () => 200));
  const first = requests.filter(({ connection }) => connection <= 10);
  const second = requests.filter(({ connection }) => connection > 10);
  expect(first).toHaveLength(20);
  expect(second.map(({ id }) => id).sort()).toEqual(Array.from({ length: 10 }, (_, index) => `b${index}`));
});

test("one after the other, each stale connection costs one request and no failure", async () => {
  const { requests, send } = await stage((socket, { request }) => {
    if (request === 1) setTimeout(() => socket.write(okAnswer), 100);
    else socket.destroy();
  });
  await Promise.all(["a1", "a2", "a3"].map((id) => send(id)));
  for (const id of ["b1", "b2", "b3", "b4", "b5"]) {
    expect(await send(id)).toMatchObject({ httpStatus: 200, error: null });
    expect(requests.filter((request) => request.id === id).length).toBeLessThanOrEqual(2);
  }
});

test("over TLS, too", async () => {
  const authority = await createCertificateAuthority();
  let requests = 0;
  const server = https.createServer(await authority.issue(), (request, response) => {
    requests += 1;
    if (requests === 2) request.socket.destroy();
    else response.end("ok");
  });
  const port = await listen(server);
  const agent = new DeliveryAgent({ targets: "loopback", ca: authority.cert });
  onTestFinished(() => agent.destroy());
  const send = () => sendOnce({ agent, url: `https://localhost:${port}/`, headers: {}, body: "{}" });
  expect(await send()).toMatchObject({ httpStatus: 200 });
  expect(await send()).toMatchObject({ httpStatus: 200, error: null });
  expect(requests).toBe(3);
});

test("a new connection that ends without an answer is a failure, and nothing is sent twice", async () => {
  const { requests, send } = await stage((socket) => socket.destroy());
  expect(await send("a")).toMatchObject({ httpStatus: null, error: "connection_reset" });
  expect(requests).toHaveLength(1);
});

test("it is sent again once only: where the new connection ends as well, that is the failure", async () => {
  const { requests, send } = await stage((socket, { connection, request }) => {
    if (connection === 1 && request === 1) socket.write(okAnswer);
    else socket.destroy();
  });
  await send("a");
  expect(await send("b")).toMatchObject({ httpStatus: null, error: "connection_reset" });
  expect(requests.map(({ id }) => id)).toEqual(["a", "b", "b"]);
});

test("once a byte of an answer has come, nothing is sent again", async () => {
  for (const byte of ["H", "HTTP/1.1 100 Continue\r\n\r\n"]) {
    const { requests, send } = await stage((socket, { request }) => {
      if (request === 1) socket.write(okAnswer);
      else socket.end(byte);
    });
    await send("a");
    expect(await send("b")).toMatchObject({ httpStatus: null });
    expect(requests.map(({ id }) => id)).toEqual(["a", "b"]);
  }
});

test("what is sent again has what is left of the time", async () => {
  const { requests, send } = await stage((socket, { connection, request }) => {
    if (connection === 1 && request === 1) socket.write(okAnswer);
    else if (connection === 1) setTimeout(() => socket.destroy(), 600);
    // Within the whole time, were that its own.
    else setTimeout(() => socket.write(okAnswer), 600);
  });
  await send("a");
  expect(await send("b", { timeoutMs: 1_000 })).toMatchObject({ httpStatus: null, error: "timeout" });
  expect(requests.map(({ id }) => id)).toEqual(["a", "b", "b"]);
});

test("if the receiver is gone by then, the attempt says so", async () => {
  const { send, server } = await stage((socket, { request }) => {
    if (request === 1) socket.write(okAnswer);
    else {
      server.close();
      socket.destroy();
    }
  });
  await send("a");
  expect(await send("b")).toMatchObject({ httpStatus: null, error: "connection_refused" });
});

test("a connection that its receiver has closed meanwhile is not used again", async () => {
  const { requests, sockets, send } = await stage((socket) => socket.write(okAnswer));
  await send("a");
  sockets[0]?.end();
  await expect.poll(() => sockets[0]?.closed).toBe(true);
  expect(await send("b")).toMatchObject({ httpStatus: 200 });
  expect(requests.map(({ connection }) => connection)).toEqual([1, 2]);
});

test("what comes behind an answer is not taken as the next one", async () => {
  const late = "HTTP/1.1 500 Late\r\ncontent-length: 0\r\n\r\n";
  for (const behind of [
    `${okAnswer}${late}`,
    `HTTP/1.1 204 No Content\r\ncontent-length: 15\r\n\r\n{"thanks":true}`,
  ]) {
    const { requests, send } = await stage((socket) => socket.write(behind));
    expect((await send("a")).httpStatus).toBeLessThan(300);
    expect((await send("b")).httpStatus).toBeLessThan(300);
    expect(requests.map(({ connection }) => connection)).toEqual([1, 2]);
  }
  const { sockets, send } = await stage((socket) => socket.write(okAnswer));
  await send("a");
  sockets[0]?.write(late);
  await expect.poll(() => sockets[0]?.closed).toBe(true);
  expect(await send("b")).toMatchObject({ httpStatus: 200 });
});

test("a receiver that closes a connection at once is connected to again", async () => {
  const { requests, send } = await stage((socket) =>
    socket.write("HTTP/1.1 200 OK\r\nkeep-alive: timeout=1\r\ncontent-length: 0\r\n\r\n"),
  );
  await send("a");
  await send("b");
  expect(requests.map(({ connection }) => connection)).toEqual([1, 2]);
});

test("a kept connection is closed when its time is over", async () => {
  const { sockets, send } = await stage((socket) =>
    socket.write("HTTP/1.1 200 OK\r\nkeep-alive: timeout=3\r\ncontent-length: 0\r\n\r\n"),
  );
  await send("a");
  await expect.poll(() => sockets[0]?.closed).toBe(true);
});

test("an answer that comes before the request was read counts, and what is left of it goes nowhere", async () => {
  // More than the buffers on the way hold, so that it is not all sent when the answer comes.
  const body = "b".repeat(16 * 1024 * 1024);
  for (const end of ["close", "stay"] as const) {
    const server = net.createServer((socket) => {
      socket.once("data", () => {
        socket.pause();
        if (end === "stay") socket.write("HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n");
        else socket.write("HTTP/1.1 413 Too Large\r\n\r\n", () => setTimeout(() => socket.destroy(), 50));
      });
    });
    const port = await listen(server);
    const agent = new DeliveryAgent({ targets: "loopback" });
    onTestFinished(() => agent.destroy());
    const url = `http://127.0.0.1:${port}/`;
    expect(await sendOnce({ agent, url, headers: {}, body })).toMatchObject({
      httpStatus: 413,
      error: null,
    });
    expect(await sendOnce({ agent, url, headers: {}, body: "{}" })).toMatchObject({ httpStatus: 413 });
  }
});

test("a request that is out of time while it is being dialled leaves no connection behind", async () => {
  const { sockets, send } = await stage(() => undefined);
  expect(await send("a", { timeoutMs: 0 })).toMatchObject({ error: "timeout" });
  await expect.poll(() => sockets.every(({ closed }) => closed)).toBe(true);
});

test("when the client closes, what is under way is cut, and counts as no answer", async () => {
  const server = net.createServer();
  const port = await listen(server);
  const agent = new DeliveryAgent({ targets: "loopback" });
  const arrived = new Promise((resolve) =>
    server.once("connection", (socket) => socket.once("data", resolve)),
  );
  const result = sendOnce({ agent, url: `http://127.0.0.1:${port}/`, headers: {}, body: "{}" });
  await arrived;
  await agent.destroy();
  expect(await result).toMatchObject({ httpStatus: null, error: "connection_reset" });
});

test("the time of a request that was answered does not end the next one on its connection", async () => {
  const { requests, send } = await stage((socket, { request }) => {
    if (request === 1) socket.write(okAnswer);
    else setTimeout(() => socket.write(okAnswer), 2_000);
  });
  expect(await send("a", { timeoutMs: 1_500 })).toMatchObject({ httpStatus: 200 });
  expect(await send("b")).toMatchObject({ httpStatus: 200, error: null });
  expect(requests.map(({ connection }) => connection)).toEqual([1, 1]);
});

test("of a receiver's connections those whose time is over are closed, and the others are used again", async () => {
  const { requests, sockets, send } = await stage((socket, { connection }) => {
    const seconds = connection === 1 ? 3 : 60;
    const answer = `HTTP/1.1 200 OK\r\nkeep-alive: timeout=${seconds}\r\ncontent-length: 0\r\n\r\n`;
    // Both are asked before either is answered, so that each has a connection of its own.
    setTimeout(() => socket.write(answer), 100);
  });
  await Promise.all([send("a"), send("b")]);
  await expect.poll(() => sockets[0]?.closed).toBe(true);
  expect(sockets[1]?.closed).toBe(false);
  await send("c");
  expect(requests.map(({ connection }) => connection)).toEqual([1, 2, 2]);
});

test("a process has one client, whose connections are closed once another rule holds, and when it ends", async () => {
  const { requests, sockets, port } = await stage((socket) => socket.write(okAnswer));
  onTestFinished(closeAgent);
  const sendUnder = (targets: PrivateTargets) =>
    sendOnce({ agent: processAgent(targets), url: `http://127.0.0.1:${port}/`, headers: {}, body: "{}" });
  await sendUnder("loopback");
  await sendUnder("loopback");
  await sendUnder("all");
  expect(requests.map(({ connection }) => connection)).toEqual([1, 1, 2]);
  await expect.poll(() => sockets[0]?.closed).toBe(true);
  await closeAgent();
  await expect.poll(() => sockets[1]?.closed).toBe(true);
  expect(await sendUnder("all")).toMatchObject({ httpStatus: 200 });
  expect(sockets).toHaveLength(3);
});
