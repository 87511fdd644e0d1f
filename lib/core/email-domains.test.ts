import { expect, test } from "vitest";
import { domainOf, normalizeDomain } from "./email-domains";

test.each([
  ["example.com", "example.com"],
  [" Example.COM ", "example.com"],
  ["@example.com", "example.com"],
  ["example.com.", "example.com"],
  ["Bücher.example", "xn--bcher-kva.example"],
  ["XN--BCHER-KVA.example", "xn--bcher-kva.example"],
  ["ｅｘａｍｐｌｅ.com", "example.com"],
  ["mail.eu.example.com", "mail.eu.example.com"],
])("%s is the domain %s", (typed, domain) => {
  expect(normalizeDomain(typed)).toBe(domain);
});

test.each([
  "",
  "example",
  "localhost",
  "127.0.0.1",
  "0x7f.1",
  "[::1]",
  "https://example.com",
  "example.com/path",
  "example.com:25",
  "ana@example.com",
  "example com.org",
  "exam%70le.com",
  "-example.com",
  "example..com",
  "a_b.example.com",
  `${"a".repeat(64)}.com`,
  `${"a.".repeat(130)}com`,
])("%s is none", (typed) => {
  expect(normalizeDomain(typed)).toBeNull();
});

test("an address belongs to the domain behind its last @, and to none above it", () => {
  expect(domainOf("Ana@Example.com")).toBe("example.com");
  expect(domainOf('"a@example.org"@example.com')).toBe("example.com");
  expect(domainOf("ana@mail.example.com")).toBe("mail.example.com");
});
