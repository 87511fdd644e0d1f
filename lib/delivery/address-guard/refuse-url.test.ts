import { expect, test } from "vitest";
import type { PrivateTargets } from "../../core/delivery-limits";
import { refuseUrl } from "./refuse-url";

const refusal = (url: string, targets: PrivateTargets) => refuseUrl(new URL(url), targets);

const thisMachine = [
  "localhost",
  "LOCALHOST",
  "localhost.",
  "localhost..",
  "ｌｏｃａｌｈｏｓｔ",
  "hooks.localhost",
  "hooks.localhost.",
  "127.0.0.1",
  "127.1",
  "0x7f.1",
  "017700000001",
  "2130706433",
  "１２７.０.０.１",
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[::ffff:127.0.0.1]",
];
const elsewhere = [
  "10.0.0.1",
  "169.254.169.254",
  "0.0.0.0",
  "[fd00:ec2::254]",
  "[64:ff9b::7f00:1]",
  "[::127.0.0.1]",
];

test.each(thisMachine)("%s is this machine: refused, unless loopback is let through", (host) => {
  for (const scheme of ["http", "https"]) {
    expect(refusal(`${scheme}://${host}:8080/hook`, "none")).toMatch(/^must lead to a public address/);
    expect(refusal(`${scheme}://${host}:8080/hook`, "loopback")).toBeNull();
    expect(refusal(`${scheme}://${host}:8080/hook`, "all")).toBeNull();
  }
});

test.each(elsewhere)("%s is refused, also where loopback is let through", (host) => {
  for (const scheme of ["http", "https"]) {
    for (const targets of ["none", "loopback"] as const) {
      expect(refusal(`${scheme}://${host}/hook`, targets)).toMatch(/^must lead to a public address/);
    }
    expect(refusal(`${scheme}://${host}/hook`, "all")).toBeNull();
  }
});

test.each(["example.com", "localhost.example.com", "notlocalhost", "127.0.0.1.example.com", "8.8.8.8"])(
  "%s may be sent to over https, and over http only where all is let through",
  (host) => {
    expect(refusal(`https://${host}/`, "none")).toBeNull();
    expect(refusal(`https://${host}/`, "loopback")).toBeNull();
    expect(refusal(`http://${host}/`, "none")).toBe("must start with https://");
    expect(refusal(`http://${host}/`, "loopback")).toBe(
      "must start with https:// (http:// is only allowed for localhost)",
    );
    expect(refusal(`http://${host}/`, "all")).toBeNull();
  },
);

test("credentials and other schemes are refused, whatever is let through", () => {
  for (const targets of ["none", "loopback", "all"] as const) {
    for (const url of ["https://a:b@example.com/", "https://a@example.com/", "http://:b@localhost/"]) {
      expect(refusal(url, targets)).toBe("must not contain a user name or password");
    }
    for (const url of ["ftp://example.com/", "file:///etc/passwd", "gopher://127.0.0.1/"]) {
      expect(refusal(url, targets)).toBe("must start with https://");
    }
  }
});

test("port 0 is refused, whatever is let through and however it is written; any other port may be sent to", () => {
  for (const targets of ["none", "loopback", "all"] as const) {
    for (const url of ["https://example.com:0/", "https://example.com:00000/", "http://localhost:0/"])
      expect(refusal(url, targets)).toBe("must have a port from 1 to 65535, or no port");
    for (const port of [1, 22, 25, 80, 443, 6_667, 65_535])
      expect(refusal(`https://example.com:${port}/`, targets)).toBeNull();
  }
});

test("a refusal names the address as it was understood, and what it is", () => {
  expect(refusal("https://0xa9fea9fe/latest", "none")).toBe(
    "must lead to a public address, like https://example.com/webhooks: 169.254.169.254 is a link-local address, where cloud metadata is",
  );
  expect(refusal("https://localhost./", "none")).toMatch(/: localhost\. is this machine$/);
});

test("a zone in a URL is no URL at all", () => {
  expect(URL.canParse("https://[fe80::1%25eth0]/")).toBe(false);
  expect(URL.canParse("https://[fe80::1%eth0]/")).toBe(false);
});
