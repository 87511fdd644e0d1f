import { expect, test } from "vitest";
import type { AttemptResult } from "../../classify";
import { echoMask, masked } from "./mask-echoes";

const token = 'tok_a/b+c=d"e\\f<g>&h 0123456789';
const mask = echoMask({
  "x-api-key": token,
  authorization: `Basic ${Buffer.from("billing:s3cret/p4ss").toString("base64")}`,
  "x-env": "prod",
});

function answer(body: string | Buffer, more: Partial<AttemptResult> = {}): AttemptResult {
  return {
    durationMs: 1,
    timings: { dns: null, connect: null, tls: null, wait: 1, read: 0 },
    peer: { address: null, certificateExpiresAt: null },
    httpStatus: 200,
    error: null,
    errorDetail: null,
    responseHeaders: {},
    responseBody: Buffer.from(body),
    responseTruncated: false,
    ...more,
  };
}

const bodyOf = (result: AttemptResult) => result.responseBody?.toString();

const asHtml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&#62;").replaceAll('"', "&#x22;");
const percentAll = (text: string) =>
  [...text].map((one) => `%${one.charCodeAt(0).toString(16).padStart(2, "0")}`).join("");

test.each([
  ["as it is", token],
  ["in JSON", JSON.stringify(token).slice(1, -1)],
  ["in JSON in JSON", JSON.stringify(JSON.stringify(token)).slice(3, -3)],
  ["in JSON whose slashes are escaped", JSON.stringify(token).slice(1, -1).replaceAll("/", "\\/")],
  [
    "in JSON of ASCII letters only",
    [...token].map((one) => `\\u00${one.charCodeAt(0).toString(16)}`).join(""),
  ],
  ["in a URL", encodeURIComponent(token)],
  ["in a form", new URLSearchParams([["a", token]]).toString().slice(2)],
  ["in a URL in a URL", encodeURIComponent(encodeURIComponent(token))],
  ["in a URL, with each character escaped", percentAll(token)],
  ["in HTML", asHtml(token)],
])("a header's value that is echoed %s is masked, and nothing around it", (_, echoed) => {
  expect(bodyOf(mask(answer(`{"before":"${echoed}","after":1}`)))).toBe(`{"before":"${masked}","after":1}`);
});

test.each([0, 1, 2])("a value in base64, %i bytes into a longer text or JSON, is masked", (offset) => {
  for (const [encoding, value] of [
    ["base64", token],
    ["base64url", token],
    ["base64", JSON.stringify({ key: token })],
  ] as const) {
    const echoed = Buffer.from(`${"-".repeat(offset)}${value} and more`).toString(encoding);
    const shown = bodyOf(mask(answer(`headers=${echoed}`))) ?? "";
    expect(shown).toContain(masked);
    const left = shown.replace("headers=", "").split(masked);
    for (const part of left) {
      expect(Buffer.from(part, "base64").toString("latin1")).not.toMatch(/tok|012|789/);
    }
  }
});

test("what is a credential within a value is masked by itself", () => {
  const credentials = Buffer.from("billing:s3cret/p4ss").toString("base64");
  for (const echoed of [credentials, "billing:s3cret/p4ss", "s3cret/p4ss"]) {
    expect(bodyOf(mask(answer(`got ${echoed}!`)))).toBe(`got ${masked}!`);
  }
});

test("a short value is masked behind its header's name, and left where it is a word like any other", () => {
  const echoes = ["X-Env: prod", '"x-env":"prod"', '\\"x-env\\": \\"prod\\"', "x-env=prod&", "x-env%3Dprod"];
  for (const echoed of echoes) {
    expect(bodyOf(mask(answer(`${echoed} `)))).toBe(`${echoed.replace("prod", masked)} `);
  }
  for (const other of ["a product", "prod", "x-env: production"]) {
    expect(bodyOf(mask(answer(other)))).toBe(other);
  }
});

test("values in the response's headers and in the error's words are masked", () => {
  const result = mask(
    answer("", {
      responseHeaders: { location: `/?key=${encodeURIComponent(token)}`, "x-env": "prod", date: "today" },
      errorDetail: `Redirected to /?key=${encodeURIComponent(token)}`,
    }),
  );
  expect({ ...result.responseHeaders }).toEqual({
    location: `/?key=${masked}`,
    "x-env": masked,
    date: "today",
  });
  expect(result.errorDetail).toBe(`Redirected to /?key=${masked}`);
});

test("a value that the end of a kept body cuts off anywhere is masked", () => {
  for (const echoed of [token, encodeURIComponent(token), JSON.stringify(token).slice(1, -1)]) {
    for (let length = 14; length < echoed.length; length += 1) {
      const body = `key: ${echoed.slice(0, length)}`;
      expect(bodyOf(mask(answer(body, { responseTruncated: true })))).toBe(`key: ${masked}`);
    }
  }
  // Whole, it ends with what only looks like the beginning of one.
  expect(bodyOf(mask(answer("key: tok_a/b")))).toBe("key: tok_a/b");
});

test("a body without a value stays as it is, byte for byte", () => {
  const body = Buffer.from(Array.from({ length: 1024 }, (_, at) => at % 256));
  expect(mask(answer(body)).responseBody).toEqual(body);
  const result = answer(body);
  expect(echoMask({})(result)).toBe(result);
});

test("what a hostile receiver makes of escapes takes no more time than its length", () => {
  const hostile = ["\\", "%25", "&amp;", "x-env ", "tok_a/b+c=", "%"].map((part) =>
    part.repeat(Math.floor((64 * 1024) / part.length)),
  );
  for (const body of hostile) {
    for (const responseTruncated of [false, true]) {
      expect(bodyOf(mask(answer(body, { responseTruncated })))).not.toContain(token);
    }
  }
});
