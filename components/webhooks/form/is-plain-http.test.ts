import { expect, test } from "vitest";
import { isPlainHttp } from "./is-plain-http";

test.each([
  ["http://example.com", true],
  [" http://10.0.0.1:8080/hooks ", true],
  ["http://localhost.example.com", true],
  ["https://example.com", false],
  ["http://localhost:3001", false],
  ["http://api.localhost", false],
  ["http://127.8.9.1", false],
  ["http://[::1]:3001", false],
  ["example.com", false],
  ["", false],
])("%j sends in the clear over a network: %s", (url, plain) => {
  expect(isPlainHttp(url)).toBe(plain);
});
