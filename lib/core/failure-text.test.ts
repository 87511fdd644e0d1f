import { expect, test } from "vitest";
import { failureText, failureTextMax } from "./failure-text";

test("failures of one kind have one text, whatever numbers and ids they name", () => {
  const texts = [
    "db pool exhausted (conn 4711, req 9f3a77b1)",
    "db pool exhausted (conn 12, req 0be1c4)",
    "  db pool exhausted\n(conn 9, req 77ab) ",
  ].map((text) => failureText(text));
  expect(new Set(texts)).toEqual(new Set(["db pool exhausted (conn …, req …)"]));
});

test("an id that mixes letters and digits is masked as one, so that it does not split a kind", () => {
  const texts = ["uc8e1dc4", "u51b8fd3", "k3Zx9q", "V1StGXR8z", "01HZX3KQ"].map(
    (id) => `no user ${id} in eu`,
  );
  expect(new Set(texts.map((text) => failureText(text)))).toEqual(new Set(["no user … in eu"]));
  expect(failureText("http2 and k8s answered: unknown order")).toBe("http… and k…s answered: unknown order");
});

test.each([
  ['{"message":"Order 17 not found","requestId":"8d1f"}', "Order … not found"],
  ['{"error":{"code":"rate_limited","message":"Too many"}}', "Too many"],
  ['{"error":"boom"}', "boom"],
  ['{"errors":[{"detail":"amount is 5.00"}]}', "amount is …"],
  ['{"status":500,"ts":1732000000}', "{ status, ts }"],
  ['{"message":"it was cut off at 64', "it was cut off at …"],
  ['"just text 5"', "just text …"],
  ["[]", ""],
])("of the JSON %s the message counts: %s", (body, text) => {
  expect(failureText(body)).toBe(text);
});

test.each([
  ["<html><head><title>502 Bad Gateway</title></head><body>nginx/1.25</body></html>", "… Bad Gateway"],
  ["<!doctype html><h1>Application&nbsp;error</h1>", "Application error"],
  ["<p>We are <b>down</b></p><script>var id = 5</script>", "We are down"],
  ["\u0000\u0001\u0002\u0003binary", ""],
  ["", ""],
  ["   ", ""],
])("%j is said as %j", (body, text) => {
  expect(failureText(body)).toBe(text);
});

test.each([
  ["Authorization: Bearer abc.def-ghi refused", "abc.def"],
  ["password=hunter2 is wrong", "hunter2"],
  ['{"message":"api_key: \\"sk_live_abcdef\\" is not known"}', "sk_live"],
  ["no user ana@example.com", "ana"],
  ["GET https://user:pass@example.com/a?token=xyz failed", "pass"],
  ["GET https://example.com/a?who=xyz failed", "xyz"],
  ["key whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw refused", "MfKQ"],
  ["session 0123456789abcdef0123456789abcdef expired", "0123"],
])("%s does not show %s", (body, secret) => {
  const text = failureText(body);
  expect(text).not.toContain(secret);
  expect(text).toContain("…");
});

test("times and uuids are masked as one", () => {
  expect(failureText("2026-11-27T02:14:09.120Z job 0198c0de-0000-7000-8000-000000000001 died")).toBe(
    "… job … died",
  );
});

test("a day in words is masked, unless it is what went wrong", () => {
  const text = "The certificate expired on 3 November 2026, serial 4711";
  expect(failureText(text)).toBe("The certificate expired on … November …, serial …");
  expect(failureText(text, { keepsDays: true })).toBe("The certificate expired on 3 November 2026, serial …");
});

test("words that only look a little like ids are kept", () => {
  expect(failureText("bad feed: cannot decode the facade")).toBe("bad feed: cannot decode the facade");
});

test("the text is bounded, and ends at a word", () => {
  const text = failureText("connection refused by upstream ".repeat(200));
  expect(text.length).toBeLessThanOrEqual(failureTextMax);
  expect(text.endsWith("…")).toBe(true);
});

test("only the beginning of a body is looked at, also of one that is made to take long", () => {
  for (const part of ["<", "a1", "=", '"message":"\\', "x@", "1.", "a_"]) {
    const body = part.repeat(40_000);
    expect(failureText(body), part).toBe(failureText(body.slice(0, 4_096)));
  }
});
