import fc from "fast-check";
import { expect, test } from "vitest";
import { headBytesMax, keptHeaderBytesMax, responseBytesMax } from "../../core/delivery-limits";
import { ResponseReader } from "./response-reader";

const ok = "HTTP/1.1 200 OK\r\n";
const chunked = `${ok}transfer-encoding: chunked\r\n`;

/** Reads an answer in pieces of so many bytes; `END` at its end ends the connection. */
function read(answer: string, pieceBytes = answer.length) {
  const ends = answer.endsWith("END");
  const bytes = Buffer.from(ends ? answer.slice(0, -3) : answer, "latin1");
  const reader = new ResponseReader();
  let complete = false;
  for (let at = 0; at < bytes.length && !complete; at += pieceBytes)
    complete = reader.push(bytes.subarray(at, at + pieceBytes));
  if (ends && !complete) {
    reader.end();
    complete = true;
  }
  const { status, headers, body, truncated } = reader.response;
  return { complete, status, headers, body: body.toString("latin1"), truncated, reusable: reader.reusable };
}

/** What curl 7.88 takes, too, but for what is said beside it; and whether the connection can serve another request. */
const taken: [what: string, answer: string, status: number, body: string, reusable: boolean][] = [
  ["a length", `${ok}content-length: 2\r\n\r\nok`, 200, "ok", true],
  ["chunks", `${chunked}\r\n2\r\nok\r\n0\r\n\r\n`, 200, "ok", true],
  [
    "a 100 that nobody asked for",
    `HTTP/1.1 100 Continue\r\n\r\n${ok}content-length: 2\r\n\r\nok`,
    200,
    "ok",
    true,
  ],
  [
    "many interim responses, with headers",
    `${"HTTP/1.1 103 Early Hints\r\ncontent-length: 9\r\nlink: </a>\r\n\r\n".repeat(500)}${ok}content-length: 2\r\n\r\nok`,
    200,
    "ok",
    true,
  ],
  ["a 204 with a length of 0", "HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n", 204, "", true],
  ["a 204 with a length", "HTTP/1.1 204 No Content\r\ncontent-length: 2\r\n\r\n", 204, "", false],
  [
    "a 204 with a body",
    'HTTP/1.1 204 No Content\r\ncontent-length: 15\r\n\r\n{"thanks":true}',
    204,
    "",
    false,
  ],
  [
    "a 204 with chunks",
    "HTTP/1.1 204 No Content\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    204,
    "",
    false,
  ],
  ["a 304 with a length", "HTTP/1.1 304 Not Modified\r\ncontent-length: 40\r\n\r\n", 304, "", false],
  ["an equal length twice", `${ok}content-length: 2\r\ncontent-length: 2\r\n\r\nok`, 200, "ok", false],
  ["an equal length twice in one line", `${ok}content-length: 2, 2\r\n\r\nok`, 200, "ok", false],
  ["a length with a sign", `${ok}content-length: +2\r\n\r\nok`, 200, "ok", false],
  ["a length with its unit", `${ok}content-length: 2 bytes\r\n\r\nok`, 200, "ok", false],
  ["a length beyond any number", `${ok}content-length: 99999999999999999999\r\n\r\nokEND`, 200, "ok", false],
  ["a length beside chunks", `${chunked}content-length: 9\r\n\r\n2\r\nok\r\n0\r\n\r\n`, 200, "ok", false],
  ["no length", `${ok}\r\nokEND`, 200, "ok", false],
  ["HTTP/1.0 without a length", "HTTP/1.0 200 OK\r\n\r\nokEND", 200, "ok", false],
  ["HTTP/1.0 with a length", "HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok", 200, "ok", false],
  [
    "HTTP/1.0 that keeps alive",
    "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\ncontent-length: 2\r\n\r\nok",
    200,
    "ok",
    true,
  ],
  [
    "HTTP/1.0 with chunks",
    "HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
    200,
    "ok",
    false,
  ],
  ["HTTP/2 in words", "HTTP/2 200\r\ncontent-length: 2\r\n\r\nok", 200, "ok", true],
  ["connection: close", `${ok}connection: TE, Close\r\ncontent-length: 2\r\n\r\nok`, 200, "ok", false],
  ["lines that end in LF", "HTTP/1.1 200 OK\ncontent-length: 2\n\nok", 200, "ok", true],
  [
    "chunks whose lines end in LF",
    `HTTP/1.1 200 OK\ntransfer-encoding: chunked\n\n2\nok\n0\n\n`,
    200,
    "ok",
    true,
  ],
  ["lines that end in CR CR LF", `HTTP/1.1 200 OK\r\r\ncontent-length: 2\r\r\n\r\r\nok`, 200, "ok", true],
  ["no reason", "HTTP/1.1 200\r\ncontent-length: 2\r\n\r\nok", 200, "ok", true],
  ["no space before the reason", "HTTP/1.1 200OK\r\ncontent-length: 2\r\n\r\nok", 200, "ok", true],
  ["many spaces", "http/1.1   200   OK\r\ncontent-length:  2  \r\n\r\nok", 200, "ok", true],
  ["an unknown status", "HTTP/1.1 799 Odd\r\ncontent-length: 2\r\n\r\nok", 799, "ok", true],
  ["a line before it (of curl's refusal)", `\r\n${ok}content-length: 2\r\n\r\nok`, 200, "ok", true],
  ["space before the colon (curl waits for the end)", `${ok}content-length : 2\r\n\r\nok`, 200, "ok", true],
  ["a folded length (of curl's refusal)", `${ok}content-length:\r\n 2\r\n\r\nok`, 200, "ok", true],
  [
    "identity (curl waits for the end)",
    `${ok}transfer-encoding: identity\r\ncontent-length: 2\r\n\r\nok`,
    200,
    "ok",
    false,
  ],
  ["an unknown coding", `${ok}transfer-encoding: zip\r\ncontent-length: 1\r\n\r\nokEND`, 200, "ok", false],
  ["coded chunks", `${ok}transfer-encoding: gzip, Chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`, 200, "ok", true],
  ["chunks said twice", `${chunked}transfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`, 200, "ok", true],
  [
    "chunks with extensions, spaces and trailers",
    `${chunked}\r\n2 ;a="b"\r\nok\r\n000A\r\n0123456789\r\n0 ;c\r\nx-sum: 1\r\nodd\r\n\r\n`,
    200,
    "ok0123456789",
    true,
  ],
  ["more than its length", `${ok}content-length: 2\r\n\r\nokMORE`, 200, "ok", false],
  ["a head that ends with the connection", `${ok}x-a: 1\r\nEND`, 200, "", false],
  [
    "an upgrade that is only offered",
    `${ok}connection: upgrade\r\nupgrade: h2c\r\ncontent-length: 2\r\n\r\nok`,
    200,
    "ok",
    true,
  ],
];

test.each(taken)("%s is taken", (_what, answer, status, body, reusable) => {
  const all = read(answer);
  expect(all).toMatchObject({ complete: true, status, body, truncated: false, reusable });
  // Bytes after its end are only known if they came together with it.
  if (!answer.endsWith("MORE")) expect(read(answer, 1)).toEqual(all);
});

test("however an answer is cut into packets, it is read the same", () => {
  fc.assert(
    fc.property(fc.constantFrom(...taken), fc.integer({ min: 1, max: 40 }), ([, answer], pieceBytes) => {
      const { reusable: _whole, ...whole } = read(answer);
      const { reusable: _cut, ...cut } = read(answer, pieceBytes);
      expect(cut).toEqual(whole);
    }),
  );
});

const refused: [what: string, answer: string, error: string, detail: RegExp][] = [
  ["another protocol", "220 mail.example.com ESMTP\r\n", "invalid_response", /begins with "220 mail/],
  ["another version", "HTTP/1.2 200 OK\r\n\r\n", "invalid_response", /begins with "HTTP\/1\.2 200 OK"/],
  ["a version of which the end is missing", "HTTP/1 200 OK\r\n\r\n", "invalid_response", /begins with/],
  ["a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n", "invalid_response", /begins with/],
  ["a status below 100", "HTTP/1.1 099 OK\r\n\r\n", "invalid_response", /begins with/],
  ["something before the version", "x HTTP/1.1 200 OK\r\n\r\n", "invalid_response", /begins with/],
  ["another protocol's turn", "HTTP/1.1 101 Switching Protocols\r\n\r\n", "invalid_response", /101/],
  ["a header without a colon", `${ok}oops\r\n\r\n`, "invalid_response", /without a colon: "oops"/],
  ["a NUL in a header", `${ok}a: b\0c\r\n\r\n`, "invalid_response", /NUL/],
  [
    "different lengths",
    `${ok}content-length: 2\r\ncontent-length: 3\r\n\r\nok`,
    "invalid_response",
    /different Content-Lengths: 2, 3/,
  ],
  ["an invalid length", `${ok}content-length: -2\r\n\r\nok`, "invalid_response", /not a number: -2/],
  ["an empty length", `${ok}content-length:\r\n\r\nok`, "invalid_response", /not a number/],
  ["a length and none", `${ok}content-length: 2, x\r\n\r\nok`, "invalid_response", /not a number: 2, x/],
  ["an invalid chunk size", `${chunked}\r\nzz\r\nok`, "invalid_response", /not hexadecimal: "zz"/],
  ["a chunk's size that is half one", `${chunked}\r\n2z\r\nok`, "invalid_response", /not hexadecimal: "2z"/],
  [
    "a chunk's size beyond any number",
    `${chunked}\r\n${"f".repeat(14)}\r\nok`,
    "invalid_response",
    /not hexadecimal/,
  ],
  [
    "a chunk that does not end",
    `${chunked}\r\n2\r\nok0\r\n\r\n`,
    "invalid_response",
    /not followed by a line break/,
  ],
  ["a body that is cut", `${ok}content-length: 9\r\n\r\nokEND`, "connection_reset", /middle of the response/],
  ["chunks that are cut", `${chunked}\r\n2\r\nok\r\nEND`, "connection_reset", /middle of the response/],
  [
    "trailers that are cut",
    `${chunked}\r\n2\r\nok\r\n0\r\nEND`,
    "connection_reset",
    /middle of the response/,
  ],
  ["a header that is cut", `${ok}x-aEND`, "connection_reset", /middle of the response/],
  ["a status that is cut", "HTTP/1.1 200 OKEND", "connection_reset", /middle of the response/],
  ["nothing", "END", "connection_reset", /without a response/],
  [
    "an interim response alone",
    "HTTP/1.1 100 Continue\r\n\r\nEND",
    "invalid_response",
    /after an interim response/,
  ],
  [
    "half an interim response",
    "HTTP/1.1 100 Continue\r\nEND",
    "invalid_response",
    /after an interim response/,
  ],
];

test.each(refused)("%s is no answer", (_what, answer, attemptError, detail) => {
  for (const pieceBytes of [answer.length, 1]) {
    expect(() => read(answer, pieceBytes)).toThrow(
      expect.objectContaining({ attemptError, message: expect.stringMatching(detail) }),
    );
  }
});

test("what a refused answer says is quoted up to 100 characters", () => {
  const long = "9".repeat(5_000);
  for (const answer of [
    `${long}\r\n`,
    `${ok}${long}\r\n\r\n`,
    `${ok}content-length: -${long}\r\n\r\n`,
    `${ok}content-length: 1\r\ncontent-length: ${long}\r\n\r\n`,
    `${chunked}\r\n${"z".repeat(5_000)}\r\n`,
  ])
    expect(() => read(answer)).toThrow(/^.{1,200}$/);
});

test("a connection is used again after a body of any length, and after none of HTTP/0.9's", () => {
  for (const length of [0, 9, 10, 65_536]) {
    const answer = `${ok}content-length: ${length}\r\n\r\n${"b".repeat(length)}`;
    expect(read(answer)).toMatchObject({ complete: true, reusable: true });
  }
  expect(read("HTTP/0.9 200 OK\r\ncontent-length: 0\r\n\r\n")).toMatchObject({ reusable: false });
});

test("an answer that is not there yet is neither complete nor refused", () => {
  for (const answer of [
    "HTTP/1.1 200",
    ok,
    `${ok}content-length: 3\r\n\r\nok`,
    `${chunked}\r\n2\r\nok\r\n0\r\n`,
  ])
    expect(read(answer).complete).toBe(false);
});

test("headers are kept by lower-cased names, without the space around them, repeated and folded ones as one", () => {
  const { headers } = read(
    `${ok}X-A: \t1 \t\r\nx-a: 2\r\nx-fold:\r\n\tb\r\n  c \r\nX Odd(1): \u00a0é\t\r\nx-empty:\r\n: nameless\r\n folded\r\n__proto__: p\r\ncontent-length: 0\r\n\r\n`,
  );
  expect(Object.entries(headers)).toEqual([
    ["x-a", "1, 2"],
    ["x-fold", "b c"],
    ["x odd(1)", "\u00a0é"],
    ["x-empty", ""],
    ["__proto__", "p"],
    ["content-length", "0"],
  ]);
});

test("headers of interim responses are not those of the answer", () => {
  const { headers } = read(
    `HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${ok} folded\r\ncontent-length: 0\r\n\r\n`,
  );
  expect(headers).toEqual({ "content-length": "0" });
});

test("a head is read up to 300 KiB, its interim responses counted in", () => {
  const early = "HTTP/1.1 103 Early Hints\r\n\r\n";
  const rest = `${ok}content-length: 0\r\n\r\n`;
  const fits = Math.floor((headBytesMax - rest.length) / early.length);
  expect(read(early.repeat(fits) + rest).complete).toBe(true);
  expect(() => read(early.repeat(fits + 1) + rest)).toThrow(/longer than 300 KiB/);
  expect(() => read(`${ok}x: ${"y".repeat(headBytesMax)}`)).toThrow(/longer than 300 KiB/);
  expect(() => read(`${chunked}\r\n0\r\n${"x: y\r\n".repeat(headBytesMax / 6)}`)).toThrow(
    /longer than 300 KiB/,
  );
  expect(() => read(`${chunked}\r\n1;${"x".repeat(20_000)}\r\n`)).toThrow(/chunk's size is too long/);
});

test("16 KiB of headers are kept; one that is too long does not displace those behind it", () => {
  const most = "m".repeat(keptHeaderBytesMax - 100);
  const { headers } = read(
    `${ok}x-most: ${most}\r\nx-long: ${"y".repeat(99)}\r\nretry-after: 7\r\ncontent-length: 0\r\n\r\n`,
  );
  expect(headers).toEqual({ "x-most": most, "retry-after": "7", "content-length": "0" });
});

test("a header that fills what is kept to the last byte is kept", () => {
  const head = (bytes: number) => `${ok}content-length: 0\r\nx-a: ${"y".repeat(bytes)}\r\n\r\n`;
  const room = keptHeaderBytesMax - "content-length: 0\r\nx-a: \r\n".length;
  expect(Object.keys(read(head(room)).headers)).toEqual(["content-length", "x-a"]);
  expect(Object.keys(read(head(room + 1)).headers)).toEqual(["content-length"]);
});

test("64 KiB of a body are kept, whatever its framing and its packets, and then it is cut", () => {
  const most = "b".repeat(responseBytesMax);
  const long = `${most}c`;
  const hex = (text: string) => text.length.toString(16);
  for (const pieceBytes of [1_000_000, 100, 1]) {
    const whole = { complete: true, body: most, truncated: false };
    expect(read(`${ok}content-length: ${most.length}\r\n\r\n${most}`, pieceBytes)).toMatchObject(whole);
    expect(read(`${chunked}\r\n${hex(most)}\r\n${most}\r\n0\r\n\r\n`, pieceBytes)).toMatchObject(whole);
    expect(read(`${ok}\r\n${most}END`, pieceBytes)).toMatchObject(whole);
    const cut = { complete: true, body: most, truncated: true, reusable: false };
    expect(read(`${ok}content-length: ${long.length}\r\n\r\n${long}`, pieceBytes)).toMatchObject(cut);
    expect(read(`${chunked}\r\n${hex(long)}\r\n${long}`, pieceBytes)).toMatchObject(cut);
    expect(read(`${ok}\r\n${long}`, pieceBytes)).toMatchObject(cut);
  }
});

test("what is made to be read slowly is read as fast as anything", () => {
  // Each of these would take hours, were its time quadratic; the suite's own limit ends the test then.
  const spaces = " ".repeat(headBytesMax - 100);
  read(`${ok}x: a${spaces}b\r\n`);
  read(`${ok}x: a${"\r".repeat(headBytesMax - 100)}b\r\n`);
  read(`${ok}x: a\r\n${" b\r\n".repeat(headBytesMax / 4 - 10)}`);
  read(`${ok}${"x:y\r\n".repeat(headBytesMax / 5 - 10)}`);
  read(`${ok}x: ${"y".repeat(headBytesMax - 100)}`, 1);
});
