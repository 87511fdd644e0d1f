import fc from "fast-check";
import { expect, test } from "vitest";
import { exchangePhases, type Timings } from "../http-client/exchange-trace";
import { type ConnectionFacts, readConnection, writeConnection } from "./connection-bytes";

const none: Timings = { dns: null, connect: null, tls: null, wait: null, read: null };
const noPeer = { address: null, certificateExpiresAt: null };

const anyFacts: fc.Arbitrary<ConnectionFacts> = fc.record({
  timings: fc
    .tuple(...exchangePhases.map(() => fc.option(fc.nat(20_000))))
    .filter((all) => all.some((ms) => ms !== null))
    .map((all) => Object.assign({}, none, ...exchangePhases.map((phase, at) => ({ [phase]: all[at] })))),
  peer: fc.record({
    address: fc.option(
      fc.oneof(
        fc.ipV4(),
        // As the system gives it, in its shortest form.
        fc.ipV6().map((text) => new URL(`http://[${text}]`).hostname.slice(1, -1)),
      ),
    ),
    certificateExpiresAt: fc.option(fc.nat(2 ** 32 - 1).map((seconds) => new Date(seconds * 1_000))),
  }),
});

const sum = ({ dns, connect, tls, wait, read }: Timings) =>
  [dns, connect, tls, wait, read].reduce<number>((total, ms) => total + (ms ?? 0), 0);

test("whatever is written is read again", () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      expect(readConnection(writeConnection(facts), sum(facts.timings))).toEqual(facts);
    }),
  );
});

test("a request on a connection that was kept takes 6 bytes, one that was opened 13 with TLS", () => {
  const kept = { timings: { ...none, wait: 41, read: 3 }, peer: { ...noPeer, address: "203.0.113.9" } };
  expect(writeConnection(kept)).toHaveLength(6);
  const opened = {
    timings: { dns: 12, connect: 20, tls: 31, wait: 90, read: 1 },
    peer: { address: "203.0.113.9", certificateExpiresAt: new Date("2026-12-06T00:00:00Z") },
  };
  expect(writeConnection(opened)).toHaveLength(13);
});

test("an IPv4 address that was connected to as IPv6 is read as IPv4, and a zone is left out", () => {
  const read = (address: string) =>
    readConnection(writeConnection({ timings: { ...none, wait: 1 }, peer: { ...noPeer, address } }), 1)?.peer
      .address;
  expect(read("::ffff:127.0.0.1")).toBe("127.0.0.1");
  expect(read("fe80::1%eth0")).toBe("fe80::1");
  expect(read("::1")).toBe("::1");
});

test("nothing is written of what was not dialled, and nothing read of an attempt without", () => {
  expect(writeConnection({ timings: none, peer: noPeer })).toBeNull();
  expect(readConnection(null, 20)).toBeNull();
});
