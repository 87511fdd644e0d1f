import http from "node:http";
import https from "node:https";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { createCertificateAuthority } from "../../testing/certificate-authority";
import { listen } from "../../testing/listen";
import { sendOnce } from "../../testing/send-once";
import { DeliveryAgent } from "./agent";

const delayMs = 40;

function agentFor(options: { ca?: string } = {}) {
  const agent = new DeliveryAgent({ targets: "loopback", ...options });
  onTestFinished(() => agent.destroy());
  const send = (url: string, timeoutMs?: number) =>
    sendOnce({ agent, url, headers: {}, body: "{}", timeoutMs });
  return async (url: string, timeoutMs?: number) => {
    const { timings, peer, durationMs } = await send(url, timeoutMs);
    const phases = Object.values(timings).filter((ms) => ms !== null);
    // A request that was not dialled has no phases, and may still take a millisecond.
    if (phases.length > 0) expect(phases.reduce((sum, ms) => sum + ms, 0)).toBe(durationMs);
    return { timings, peer };
  };
}

/** Answers after a while, and ends its answer after another one. */
const slowly: http.RequestListener = async (_request, response) => {
  await sleep(delayMs);
  response.write("o");
  await sleep(delayMs);
  response.end("k");
};

test("the time of a request is split into its phases, and on a kept connection there are none of opening it", async () => {
  const port = await listen(http.createServer(slowly));
  const send = agentFor();
  const first = await send(`http://localhost:${port}/`);
  expect(first.timings).toEqual({
    dns: expect.any(Number),
    connect: expect.any(Number),
    tls: null,
    wait: expect.any(Number),
    read: expect.any(Number),
  });
  // A timer may be early by a millisecond, and what is rounded by another.
  expect(first.timings.wait).toBeGreaterThanOrEqual(delayMs - 2);
  expect(first.timings.read).toBeGreaterThanOrEqual(delayMs - 2);
  expect(first.peer).toEqual({
    address: expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
    certificateExpiresAt: null,
  });
  const second = await send(`http://localhost:${port}/`);
  expect(second.timings).toMatchObject({ dns: null, connect: null, tls: null });
  expect(second.timings.wait).toBeGreaterThanOrEqual(delayMs - 2);
  expect(second.peer).toEqual(first.peer);
});

test("no name is looked up for an address", async () => {
  const port = await listen(http.createServer(slowly));
  const { timings } = await agentFor()(`http://127.0.0.1:${port}/`);
  expect(timings).toMatchObject({ dns: null, connect: expect.any(Number) });
});

test("with TLS there is its phase, and the end of the receiver's certificate, on a kept connection too", async () => {
  const authority = await createCertificateAuthority();
  const to = new Date(Date.UTC(new Date().getUTCFullYear() + 1, 0, 1));
  const port = await listen(https.createServer(await authority.issue({ to }), slowly));
  const send = agentFor({ ca: authority.cert });
  for (const tls of [expect.any(Number), null]) {
    const { timings, peer } = await send(`https://localhost:${port}/`);
    expect(timings.tls).toEqual(tls);
    expect(peer.certificateExpiresAt).toEqual(to);
  }
});

test("what is out of time says in which phase: the answer, the rest of it, or TLS", async () => {
  const silent = await listen(net.createServer((socket) => void socket.resume()));
  const send = agentFor();
  expect((await send(`http://127.0.0.1:${silent}/`, 60)).timings).toMatchObject({
    wait: expect.any(Number),
    read: null,
  });
  expect((await send(`https://127.0.0.1:${silent}/`, 60)).timings).toMatchObject({
    tls: expect.any(Number),
    wait: null,
  });
  const endless = await listen(http.createServer((_request, response) => void response.write("o")));
  expect((await send(`http://127.0.0.1:${endless}/`, 60)).timings.read).toEqual(expect.any(Number));
});

test("a certificate that is refused has its end, and nobody answers", async () => {
  const other = await createCertificateAuthority("Another CA");
  const port = await listen(https.createServer(await other.issue(), slowly));
  const { timings, peer } = await agentFor()(`https://localhost:${port}/`);
  expect(timings).toMatchObject({ tls: expect.any(Number), wait: null, read: null });
  expect(peer.certificateExpiresAt).toBeInstanceOf(Date);
});

test("nothing is noted of a request that was not dialled", async () => {
  const { timings, peer } = await agentFor()("http://10.0.0.1/");
  expect(timings).toEqual({ dns: null, connect: null, tls: null, wait: null, read: null });
  expect(peer.address).toBeNull();
});
