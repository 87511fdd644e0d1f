import { expect, test } from "vitest";
import { AttemptFailure } from "./attempt-failure";
import { classifyError } from "./classify";

/** As Node throws it. */
const failure = (code: string, message = `its words: ${code}`) => Object.assign(new Error(message), { code });

test.each([
  ["ENOTFOUND", "dns_not_found"],
  ["EAI_AGAIN", "dns_not_found"],
  ["ENODATA", "dns_not_found"],
  ["ECONNREFUSED", "connection_refused"],
  ["EHOSTUNREACH", "connection_refused"],
  ["ENETUNREACH", "connection_refused"],
  ["EADDRNOTAVAIL", "connection_refused"],
  ["ECONNRESET", "connection_reset"],
  ["EPIPE", "connection_reset"],
  ["ETIMEDOUT", "timeout"],
  ["EUNKNOWN", "connection_reset"],
  ["CERT_HAS_EXPIRED", "tls_error"],
])("%s is %s to an operator", (code, error) => {
  expect(classifyError(failure(code)).error).toBe(error);
});

test("the system's message is the detail, or its code if it has none", () => {
  expect(classifyError(failure("ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:9"))).toEqual({
    error: "connection_refused",
    detail: "connect ECONNREFUSED 127.0.0.1:9",
  });
  expect(classifyError(failure("EPIPE", "")).detail).toBe("EPIPE");
  expect(classifyError("thrown text")).toEqual({ error: "connection_reset", detail: "thrown text" });
});

test("a failure whose code is known at once keeps its code and its message", () => {
  expect(classifyError(new AttemptFailure("blocked_address", "It is private"))).toEqual({
    error: "blocked_address",
    detail: "It is private",
  });
});

test("if several addresses failed, the first one's error is reported", () => {
  const inner = new AggregateError([failure("ETIMEDOUT", "first"), failure("ECONNREFUSED", "second")]);
  expect(classifyError(new AggregateError([inner, failure("ENOTFOUND")]))).toEqual({
    error: "timeout",
    detail: "first",
  });
  expect(classifyError(new AggregateError([], "none at all"))).toEqual({
    error: "connection_reset",
    detail: "none at all",
  });
});

test("the detail can be stored, and is at most 500 characters", () => {
  for (const error of [
    failure("EPIPE", `\0${"x".repeat(600)}`),
    new AttemptFailure("timeout", `\0${"x".repeat(600)}`),
  ])
    expect(classifyError(error).detail).toBe(`\ufffd${"x".repeat(499)}`);
});
