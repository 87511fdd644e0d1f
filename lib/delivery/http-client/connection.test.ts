import { once } from "node:events";
import net from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { listen } from "../../testing/listen";
import { Connection, type Outcome } from "./connection";
import { ExchangeTrace } from "./exchange-trace";

test("a connection without a request keeps the process from ending until it rests, and with one, again", async () => {
  const server = net.createServer((socket) => {
    socket.on("data", () => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"));
  });
  const socket = net.connect(await listen(server), "127.0.0.1");
  await once(socket, "connect");
  const [ref, unref] = [vi.spyOn(socket, "ref"), vi.spyOn(socket, "unref")];
  const peer = { address: null, certificateExpiresAt: null };
  const connection = new Connection(socket, peer, { free: () => undefined, closed: () => undefined });
  onTestFinished(() => connection.destroy(new Error("the test is over")));
  const send = () =>
    new Promise<Outcome>((resolve) =>
      connection.send({ text: "POST / HTTP/1.1\r\n\r\n", encoding: "latin1" }, new ExchangeTrace(), resolve),
    );
  const calls = () => [unref.mock.calls.length, ref.mock.calls.length];
  await send();
  await send();
  expect(calls()).toEqual([0, 0]);
  connection.rest();
  connection.rest();
  expect(calls()).toEqual([1, 0]);
  await send();
  expect(calls()).toEqual([1, 1]);
});
