import { spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import net, { type LookupFunction } from "node:net";
import { setImmediate } from "node:timers/promises";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import type { PrivateTargets } from "../../core/delivery-limits";
import { type CertificateAuthority, createCertificateAuthority } from "../../testing/certificate-authority";
import { startDnsServer } from "../../testing/dns-server";
import { listen } from "../../testing/listen";
import { sendOnce } from "../../testing/send-once";
import { DeliveryAgent } from "../http-client/agent";
import { refusePeer } from "./guarded-connector";

const host = "hooks.attacker.example";
let authority: CertificateAuthority;
beforeAll(async () => {
  authority = await createCertificateAuthority();
});

/** An https server that counts connections, and an agent that resolves by `lookup`. */
async function stage(targets: PrivateTargets, lookup?: LookupFunction) {
  const seen = { connections: 0, requests: 0 };
  const server = https.createServer(await authority.issue({ names: [host] }), (_request, response) => {
    seen.requests += 1;
    response.end("ok");
  });
  server.on("connection", () => {
    seen.connections += 1;
  });
  const port = await listen(server);
  const makeAgent = (allowed: PrivateTargets) => {
    const agent = new DeliveryAgent({ targets: allowed, lookup, ca: authority.cert });
    onTestFinished(() => agent.destroy());
    return agent;
  };
  const agent = makeAgent(targets);
  const send = (url = `https://${host}:${port}/hook`, by = agent) =>
    sendOnce({ agent: by, url, headers: {}, body: "{}" });
  return { seen, port, server, makeAgent, send };
}

const blocked = (detail: string) => ({ httpStatus: null, error: "blocked_address", errorDetail: detail });

test("a name that resolves to a private address is refused, and nothing is dialled", async () => {
  const dns = await startDnsServer();
  dns.answer("127.0.0.1");
  const { seen, send } = await stage("none", dns.lookup);
  expect(await send()).toMatchObject(
    blocked(`${host} resolves to 127.0.0.1, which is an address of this machine`),
  );
  expect(seen.connections).toBe(0);
});

test("one private address among a name's addresses refuses all of them", async () => {
  const dns = await startDnsServer();
  const { seen, send } = await stage("loopback", dns.lookup);
  for (const addresses of [
    ["127.0.0.1", "169.254.169.254"],
    ["169.254.169.254", "127.0.0.1"],
  ]) {
    dns.answer(...addresses);
    expect(await send()).toMatchObject(
      blocked(`${host} resolves to 169.254.169.254, which is a link-local address, where cloud metadata is`),
    );
  }
  expect(seen.connections).toBe(0);
});

test("a name that changes to a private address between check and use is not followed there", async () => {
  const dns = await startDnsServer();
  dns.answer("127.0.0.1");
  // An allowed address at first, and by the next question one that is not.
  const rebinding: LookupFunction = (name, options, callback) =>
    dns.lookup(name, options, (...found) => {
      dns.answer("10.0.0.1");
      callback(...found);
    });
  const { seen, send, server } = await stage("loopback", rebinding);
  server.keepAliveTimeout = 1;
  expect(await send()).toMatchObject({ httpStatus: 200, error: null });
  expect(dns.asked).toEqual([host]);
  server.closeAllConnections();
  await expect
    .poll(() => send())
    .toMatchObject(blocked(`${host} resolves to 10.0.0.1, which is a private address`));
  expect(seen).toEqual({ connections: 1, requests: 1 });
});

test("a peer that is not the address that was checked is refused before anything is sent", async () => {
  let reads = 0;
  // What the guard reads first is public; what the socket reads then is not.
  const lying: LookupFunction = (_name, _options, callback) =>
    callback(null, [
      {
        family: 4,
        get address() {
          reads += 1;
          return reads === 1 ? "93.184.215.14" : "127.0.0.1";
        },
      },
    ]);
  const { seen, send, server } = await stage("none", lying);
  let bytes = 0;
  server.on("connection", (socket) =>
    socket.on("data", (chunk) => {
      bytes += chunk.length;
    }),
  );
  expect(await send()).toMatchObject(blocked("Connected to 127.0.0.1, which is an address of this machine"));
  expect(reads).toBeGreaterThan(1);
  expect({ requests: seen.requests, bytes }).toEqual({ requests: 0, bytes: 0 });
});

test("a connection that is kept serves attempts under the rule it was opened by, and no others", async () => {
  const dns = await startDnsServer();
  dns.answer("127.0.0.1");
  const { seen, send, makeAgent } = await stage("loopback", dns.lookup);
  await send();
  // The client takes a connection up again in the next turn of the loop.
  await setImmediate();
  dns.answer("10.0.0.1");
  expect(await send()).toMatchObject({ httpStatus: 200 });
  expect(seen).toEqual({ connections: 1, requests: 2 });
  expect(dns.asked).toHaveLength(1);
  dns.answer("127.0.0.1");
  expect(await send(undefined, makeAgent("none"))).toMatchObject({ error: "blocked_address" });
  expect(seen).toEqual({ connections: 1, requests: 2 });
});

test("localhost over http reaches this machine, and no other that the name may lead to", async () => {
  const dns = await startDnsServer();
  const { send } = await stage("loopback", dns.lookup);
  const port = await listen(http.createServer((_request, response) => response.end()));
  dns.answer("127.0.0.1");
  expect(await send(`http://localhost:${port}/`)).toMatchObject({ httpStatus: 200 });
  dns.answer("93.184.215.14");
  expect(await send(`http://hooks.localhost:${port}/`)).toMatchObject(
    blocked("hooks.localhost resolves to 93.184.215.14, which is a public address, which requires https"),
  );
});

test.each([
  "127.0.0.1",
  "2130706433",
  "0x7f.1",
  "017700000001",
  "127.1",
  "１２７.０.０.１",
  "[::ffff:7f00:1]",
  "localhost.",
])("the host %s is refused at each attempt, and nothing is dialled", async (literal) => {
  const { seen, port, send } = await stage("none");
  for (const scheme of ["https", "http"]) {
    const result = await send(`${scheme}://${literal}:${port}/`);
    expect(result).toMatchObject({ httpStatus: null, error: "blocked_address" });
    expect(result.errorDetail).toMatch(/^The URL must lead to a public address/);
  }
  expect(seen.connections).toBe(0);
});

test("credentials in a URL are refused at each attempt", async () => {
  const { seen, port, send } = await stage("all");
  expect(await send(`https://user:secret@localhost:${port}/`)).toMatchObject(
    blocked("The URL must not contain a user name or password"),
  );
  expect(seen.connections).toBe(0);
});

test("a redirect to a private address is not followed", async () => {
  const inner = await stage("none");
  const dns = await startDnsServer();
  dns.answer("127.0.0.1");
  const { send, server } = await stage("loopback", dns.lookup);
  server.removeAllListeners("request");
  server.on("request", (_request, response: http.ServerResponse) => {
    response.writeHead(307, { location: `https://127.0.0.1:${inner.port}/` }).end();
  });
  expect(await send()).toMatchObject({ httpStatus: 307, error: null });
  expect(inner.seen.connections).toBe(0);
});

test("where all is let through, private addresses are, over http too", async () => {
  const { send } = await stage("all");
  const port = await listen(http.createServer((_request, response) => response.end()));
  expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ httpStatus: 200 });
});

/** Looks at its connections after a while only; beyond those that wait then, none is so much as answered (listen(2)). */
const slowServer = `
  const server = require("node:http").createServer((request, response) => response.end());
  server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
    require("node:fs").writeSync(1, String(server.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700);
  });`;

test("an address that takes its time is not given up for another one of the name", async () => {
  const server = spawn(process.execPath, ["-e", slowServer]);
  onTestFinished(() => void server.kill());
  const [output] = await once(server.stdout, "data");
  const port = Number(output);
  const waiting = Array.from({ length: 4 }, () =>
    net.connect(port, "127.0.0.1").on("error", () => undefined),
  );
  onTestFinished(() => {
    for (const socket of waiting) socket.destroy();
  });
  // Nothing listens at the other address.
  const { send } = await stage("all", (_name, _options, callback) =>
    callback(null, [
      { address: "127.0.0.1", family: 4 },
      { address: "::1", family: 6 },
    ]),
  );
  expect(await send(`http://far.example:${port}/`)).toMatchObject({ httpStatus: 200, error: null });
});

test("the TLS server name is the URL's host name, without the final dot, and never an address", async () => {
  const names: string[] = [];
  const certificate = await authority.issue({ names: [host] });
  const server = https.createServer({
    ...certificate,
    SNICallback: (name, callback) => {
      names.push(name);
      callback(null);
    },
  });
  server.on("request", (_request, response) => response.end());
  const port = await listen(server);
  const { send } = await stage("loopback", (_name, _options, callback) =>
    callback(null, [{ address: "127.0.0.1", family: 4 }]),
  );
  for (const name of [host, `${host}.`])
    expect(await send(`https://${name}:${port}/`)).toMatchObject({ httpStatus: 200 });
  await send(`https://127.0.0.1:${port}/`);
  expect(names).toEqual([host, host]);
});

test("a URL without a port leads to the port of its scheme", async () => {
  const { send } = await stage("all");
  // Nobody answers at the broadcast address, and the system refuses at once to connect to it.
  for (const [scheme, port] of Object.entries({ http: 80, https: 443 })) {
    const { errorDetail } = await send(`${scheme}://255.255.255.255/`);
    expect(errorDetail).toContain(`255.255.255.255:${port} `);
  }
});

test("a server that takes a connection and never begins to encrypt it has 5 seconds", async () => {
  const port = await listen(net.createServer());
  const { send } = await stage("loopback");
  expect(await send(`https://localhost:${port}/`)).toMatchObject({
    httpStatus: null,
    error: "timeout",
    errorDetail: "No connection within 5 s",
  });
});

test("a connection that is gone before its peer is known is closed, and is no other failure", () => {
  expect(refusePeer(undefined, () => null)).toMatchObject({ attemptError: "connection_reset" });
});
