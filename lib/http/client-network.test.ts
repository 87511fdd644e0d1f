import { expect, test } from "vitest";
import { clientNetwork } from "./client-network";

test.each([
  ["a client's own address", "203.0.113.9", undefined, "203.0.113.9"],
  ["the address that a proxy on this machine adds", "127.0.0.1", "10.9.9.9, 203.0.113.9", "203.0.113.9"],
  ["the address that a proxy of a private network adds", "::ffff:10.0.0.2", "203.0.113.9", "203.0.113.9"],
  ["the address that a proxy of a unique local network adds", "fd00::2", "203.0.113.9", "203.0.113.9"],
  ["the address that a proxy on the same link adds", "fe80::2", "203.0.113.9", "203.0.113.9"],
  ["the address that a provider's proxy adds", "100.64.0.2", "203.0.113.9", "203.0.113.9"],
  ["not what a header says if the sender is unknown", undefined, "203.0.113.9", "unknown"],
  ["not what a header says if the sender has no address", "a socket", "203.0.113.9", "a socket"],
  ["not what a client says of itself", "203.0.113.9", "198.51.100.1", "203.0.113.9"],
  ["the proxy if it adds nothing", "10.0.0.2", "", "10.0.0.2"],
  ["the proxy if it adds nothing that is an address", "10.0.0.2", "unknown", "10.0.0.2"],
  ["the network of an IPv6 address", "2001:db8:1:2:3:4:5:6", undefined, "2001:db8:1:2::/64"],
  ["the same for a neighbour in it", "::1", "2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"],
  ["one for those without any", undefined, undefined, "unknown"],
])("requests are counted by %s", (_, peer, forwardedFor, network) => {
  expect(clientNetwork(peer, forwardedFor)).toBe(network);
});
