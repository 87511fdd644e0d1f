import dgram from "node:dgram";
import dns from "node:dns";
import { once } from "node:events";
import type { LookupFunction } from "node:net";
import { onTestFinished } from "vitest";

export type DnsServer = {
  /** Names that were asked for, an IPv4 address each time. */
  asked: readonly string[];
  /** The IPv4 addresses it answers from now on; none: the name does not exist. */
  answer(...addresses: string[]): void;
  /** Resolves by this server, as `dns.lookup` does by the system's. */
  lookup: LookupFunction;
};

/** A real DNS server (RFC 1035) over UDP, which ends with the test. */
export async function startDnsServer(): Promise<DnsServer> {
  let addresses: string[] = [];
  const asked: string[] = [];
  const socket = dgram.createSocket("udp4");
  socket.on("message", (query, peer) => {
    asked.push(nameIn(query));
    socket.send(answerTo(query, addresses), peer.port, peer.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  onTestFinished(() => {
    socket.close();
  });
  const resolver = new dns.Resolver();
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  return {
    asked,
    answer: (...next) => {
      addresses = next;
    },
    lookup: (hostname, _options, callback) =>
      resolver.resolve4(hostname, (error, found) =>
        callback(error, found?.map((address) => ({ address, family: 4 })) ?? []),
      ),
  };
}

const headerBytes = 12;

/** The one question of a query: labels, each after its length, up to an empty one; then type and class. */
function nameIn(query: Buffer): string {
  const labels: string[] = [];
  for (let at = headerBytes, length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return labels.join(".");
}

function answerTo(query: Buffer, addresses: string[]): Buffer {
  const questionEnd = headerBytes + nameIn(query).length + 2 + 4;
  const head = Buffer.from(query.subarray(0, questionEnd));
  const notFound = 3;
  head.writeUInt16BE(0x8180 | (addresses.length === 0 ? notFound : 0), 2);
  head.writeUInt16BE(addresses.length, 6);
  head.writeUInt32BE(0, 8);
  // Name (that of the question), type A, class IN, no time to live, four bytes.
  const records = addresses.map((address) =>
    Buffer.from([0xc0, headerBytes, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split(".").map(Number)]),
  );
  return Buffer.concat([head, ...records]);
}
