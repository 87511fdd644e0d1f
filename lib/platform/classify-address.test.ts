import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { expect, test } from "vitest";
import { refuseUrl } from "../delivery/address-guard/refuse-url";
import { classifyAddress } from "./classify-address";

/** What no webhook may reach, written down apart from what the guard itself reads. */
const forbidden4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "168.63.129.16/32",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.31.196.0/24",
  "192.52.193.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "192.175.48.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "255.255.255.255/32",
];
const forbidden6 = [
  "::/128",
  "::1/128",
  "::/96",
  "::ffff:0:0:0/96",
  "64:ff9b:1::/48",
  "100::/64",
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "3ffe::/16",
  "3fff::/20",
  "4000::/2",
  "8000::/1",
  "fc00::/7",
  "fd00:ec2::254/128",
  "fe80::/10",
  "fec0::/10",
  "ff00::/8",
];

const byte = fc.integer({ min: 0, max: 255 });
const bytes = (length: number) => fc.array(byte, { minLength: length, maxLength: length });

/** Addresses of a range: its prefix, and any bits behind it. */
function inRange(cidr: string): fc.Arbitrary<number[]> {
  const [base, prefix] = ipaddr.parseCIDR(cidr);
  const own = base.toByteArray();
  return bytes(own.length).map((random) =>
    own.map((value, index) => {
      const fixed = Math.max(0, Math.min(8, prefix - index * 8));
      const mask = (0xff << (8 - fixed)) & 0xff;
      return (value & mask) | ((random[index] ?? 0) & ~mask & 0xff);
    }),
  );
}

const isIn = (octets: number[], ranges: string[]) =>
  ranges.some((cidr) => ipaddr.fromByteArray(octets).match(ipaddr.parseCIDR(cidr)));
const anyForbidden4 = fc.oneof(...forbidden4.map(inRange));
const anyForbidden6 = fc.oneof(...forbidden6.map(inRange));
const anyPublic4 = bytes(4).filter((octets) => !isIn(octets, forbidden4));
const anyPublic6 = inRange("2000::/3").filter(
  (octets) => !isIn(octets, [...forbidden6, "2620:4f:8000::/48"]),
);

const hex = (value: number) => value.toString(16);
const numberOf = (octets: number[]) => octets.reduce((sum, octet) => sum * 256 + octet, 0);
const groups = (octets: number[]) =>
  Array.from({ length: octets.length / 2 }, (_, index) =>
    hex(numberOf(octets.slice(index * 2, index * 2 + 2))),
  );

/** Every way in which a URL may write an IPv4 address; the URL standard reads them all. */
const notations4: Record<string, (octets: number[]) => string> = {
  dotted: (octets) => octets.join("."),
  "dotted, with the root's dot": (octets) => `${octets.join(".")}.`,
  "decimal number": (octets) => `${numberOf(octets)}`,
  "hexadecimal number": (octets) => `0x${hex(numberOf(octets))}`,
  "octal number": (octets) => `0${numberOf(octets).toString(8)}`,
  "dotted hexadecimal": (octets) => octets.map((octet) => `0X${hex(octet)}`).join("."),
  "dotted octal": (octets) => octets.map((octet) => `000${octet.toString(8)}`).join("."),
  "of two parts": ([first, ...rest]) => `${first}.${numberOf(rest)}`,
  "of three parts": ([first, second, ...rest]) => `${first}.0x${hex(second ?? 0)}.${numberOf(rest)}`,
  "full-width digits and dots": (octets) =>
    octets.join("。").replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  "percent-encoded": (octets) => octets.join(".").replace(/\d/g, (digit) => `%3${digit}`),
};
const mapped = (octets: number[]) => `[::ffff:${octets.join(".")}]`;
const mappedHex = (octets: number[]) => `[0:0:0:0:0:FFFF:${groups(octets).join(":")}]`;
const nat64 = (octets: number[]) => `[64:ff9b::${groups(octets).join(":")}]`;
/** Ways to put an IPv4 address into an IPv6 one that are refused whatever is inside. */
const embeddings: Record<string, (octets: number[]) => string> = {
  compatible: (octets) => `[::${octets.join(".")}]`,
  translated: (octets) => `[::ffff:0:${octets.join(".")}]`,
  "6to4": (octets) => `[2002:${groups(octets).join(":")}::1]`,
  "NAT64 inside a network": (octets) => `[64:ff9b:1::${groups(octets).join(":")}]`,
  "Teredo client": (octets) =>
    `[2001:0:4136:e378:8000:63bf:${groups(octets.map((octet) => octet ^ 0xff)).join(":")}]`,
  "Teredo server": (octets) => `[2001:0:${groups(octets).join(":")}:8000:63bf:3fff:fdd2]`,
};
const every4 = { ...notations4, mapped, mappedHex, nat64 };
const text6 = (octets: number[]) => `[${groups(octets).join(":").toUpperCase()}]`;

const refusal = (host: string) => refuseUrl(new URL(`https://${host}/hook`), "none");

test.each(Object.entries({ ...every4, ...embeddings }))(
  "an address of a forbidden range is refused: %s",
  (_name, write) => {
    fc.assert(
      fc.property(anyForbidden4, (octets) => {
        expect(refusal(write(octets)), write(octets)).toMatch(/^must lead to a public address/);
      }),
    );
  },
);

test.each(Object.entries(every4))("a public address passes: %s", (_name, write) => {
  fc.assert(
    fc.property(anyPublic4, (octets) => {
      expect(refusal(write(octets)), write(octets)).toBeNull();
    }),
  );
});

test.each(Object.entries(embeddings))("a public address is refused inside another: %s", (_name, write) => {
  fc.assert(
    fc.property(anyPublic4, (octets) => {
      expect(refusal(write(octets))).not.toBeNull();
    }),
  );
});

test.each(forbidden6)("every address of %s is refused", (cidr) => {
  fc.assert(
    fc.property(inRange(cidr), (octets) => {
      expect(refusal(text6(octets))).not.toBeNull();
    }),
  );
});

test("a public IPv6 address passes", () => {
  fc.assert(
    fc.property(anyPublic6, (octets) => {
      expect(refusal(text6(octets))).toBeNull();
    }),
  );
});

test("an address with a zone is refused, be it of a forbidden range or a public one", () => {
  fc.assert(
    fc.property(fc.oneof(anyForbidden6, anyPublic6), fc.constantFrom("eth0", "1", "en0"), (octets, zone) => {
      expect(classifyAddress(`${groups(octets).join(":")}%${zone}`).scope).toBe("internal");
    }),
  );
});

test("what is no address is internal", () => {
  for (const text of ["", "localhost", "127.1", "0x7f000001", "1.2.3.4.5", "::ffff:1.2.3", "[::1]"]) {
    expect(classifyAddress(text).scope, text).toBe("internal");
  }
});

test("only this machine's own addresses are loopback, also mapped, but not behind NAT64", () => {
  for (const text of ["127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1"]) {
    expect(classifyAddress(text).scope, text).toBe("loopback");
  }
  for (const text of ["64:ff9b::127.0.0.1", "::127.0.0.1", "0.0.0.0", "::", "10.0.0.1", "2002:7f00:1::"]) {
    expect(classifyAddress(text).scope, text).toBe("internal");
  }
});

test.each([
  ["169.254.169.254", "a link-local address, where cloud metadata is"],
  ["fd00:ec2::254", "a unique local address"],
  ["100.100.100.200", "a shared address inside a provider's network"],
  ["168.63.129.16", "the cloud metadata address of Azure"],
  ["255.255.255.255", "the broadcast address"],
  ["64:ff9b::a9fe:a9fe", "NAT64 for 169.254.169.254, a link-local address, where cloud metadata is"],
])("%s is called %s", (address, what) => {
  expect(classifyAddress(address)).toEqual({ scope: "internal", what });
});
