import { stringify } from "lossless-json";
import { expect, test } from "vitest";
import { publishInput } from "../contract/events";
import { AppError } from "../core/errors";
import { jsonDepthMax } from "../core/json-depth";
import { parseInput } from "../core/parse-input";
import { ClientGone } from "./client-gone";
import { readBody, readText } from "./read-body";
import { webRequest } from "./web-request";

const shapes: [string, (depth: number) => string][] = [
  ["lists", (depth) => "[".repeat(depth) + "]".repeat(depth)],
  ["objects", (depth) => `${'{"k":'.repeat(depth)}1${"}".repeat(depth)}`],
  ["objects named like a number", (depth) => `${'{"isLosslessNumber":'.repeat(depth)}1${"}".repeat(depth)}`],
  ["objects named like a prototype", (depth) => `${'{"__proto__":'.repeat(depth)}1${"}".repeat(depth)}`],
];

async function publish(body: string) {
  const request = new Request("http://localhost/", { method: "POST", body });
  return parseInput(publishInput, await readBody(webRequest(request)));
}

/** The first field that is refused. */
async function refusal(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw error ?? new Error("it was taken");
  return { code: error.code, ...error.extra.errors?.[0] };
}

for (const [shape, nest] of shapes) {
  test(`${shape} within each other are taken up to the limit`, async () => {
    await publish(`{"type":"a.b","data":{"k":${nest(jsonDepthMax - 1)}}}`);
  });

  test.each([jsonDepthMax, 1_500, 2_800, 5_000, 40_000])(
    `${shape} within each other, %i levels deep, are refused by the limit's name, whatever the stack holds`,
    async (depth) => {
      expect(await refusal(publish(`{"type":"a.b","data":{"k":${nest(depth)}}}`))).toEqual({
        code: "validation_failed",
        path: "data",
        message: "must be nested at most 100 levels deep",
      });
    },
  );
}

test("of a batch the event is named whose data is too deep", async () => {
  const deep = "[".repeat(300_000) + "]".repeat(300_000);
  const request = new Request("http://localhost/", {
    method: "POST",
    body: `{"events":[{"type":"a.b","data":{}},{"type":"a.b","data":{"k":${deep}}}]}`,
  });
  expect(await refusal(readBody(webRequest(request)))).toMatchObject({ path: "events.1.data" });
});

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  webRequest(new Request("http://localhost/", { method: "POST", body, headers }));
/** A request whose body comes in these parts, without a length. */
function streamed(...chunks: (string | Error)[]) {
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const chunk = chunks.shift();
      if (chunk === undefined) controller.close();
      else if (chunk instanceof Error) controller.error(chunk);
      else controller.enqueue(Buffer.from(chunk));
    },
  });
  const init = { method: "POST", body, duplex: "half" };
  return webRequest(new Request("http://localhost/", init));
}

test("an empty body is an object without fields, which null is not", async () => {
  for (const request of [
    webRequest(new Request("http://localhost/", { method: "POST" })),
    post(""),
    post(" \n"),
  ])
    expect(await readBody(request)).toEqual({});
  expect(await readBody(post("null"))).toBeNull();
});

test("a body is read as it comes in, and no number loses a digit", async () => {
  const read = await readBody(streamed('{"a":1234567890', "1234567890.10,", '"b":"é"}'));
  expect(stringify(read)).toBe('{"a":12345678901234567890.10,"b":"é"}');
});

test("a key that occurs twice is refused by its name", async () => {
  expect(await refusal(readBody(post('{"a":{"url":1,"url":2}}')))).toEqual({
    code: "validation_failed",
    path: "url",
    message: "is a duplicate key; keep only one",
  });
});

test("what is no JSON, or no UTF-8, is refused as that", async () => {
  await expect(readBody(post("{a}"))).rejects.toMatchObject({
    code: "bad_json",
    message: expect.stringMatching(/^The body must be JSON: .*position 1/),
  });
  await expect(readBody(post(Buffer.from([0x22, 0xff, 0x22])))).rejects.toMatchObject({
    code: "bad_json",
    message: "The body must be UTF-8.",
  });
});

test.each([
  ["content-encoding", "gzip", "gzip"],
  ["content-encoding", "identity, BR", "br"],
  ["content-encoding", "xidentity", "xidentity"],
  ["content-encoding", "chunked2", "chunked2"],
  ["transfer-encoding", "gzip, chunked", "gzip"],
])("a body with %s: %s is refused as compressed", async (name, value, coding) => {
  await expect(readText(post("{}", { [name]: value }), 9)).rejects.toMatchObject({
    code: "unsupported_media_type",
    message: `The body is compressed (${name}: ${coding}), which is not supported. Send it uncompressed.`,
  });
});

test.each([
  ["content-encoding", "Identity"],
  ["content-encoding", ""],
  ["content-encoding", "identity,"],
  ["transfer-encoding", " chunked "],
])("a body with %s: %j is not compressed", async (name, value) => {
  expect(await readText(post("{}", { [name]: value }), 9)).toBe("{}");
});

test("a body is read up to its limit, by what it says of its length and by what comes", async () => {
  for (const request of [post("x".repeat(2_048)), streamed("x".repeat(2_000), "x".repeat(48))])
    expect(await readText(request, 2_048)).toHaveLength(2_048);
  for (const request of [
    post("x", { "content-length": "2049" }),
    streamed("x".repeat(2_000), "x".repeat(49)),
  ])
    await expect(readText(request, 2_048)).rejects.toMatchObject({
      code: "payload_too_large",
      message: "The body must be at most 2 KiB.",
    });
  await expect(readBody(streamed(" ".repeat(1024 * 1024), " "))).rejects.toMatchObject({
    code: "payload_too_large",
    message: "The body must be at most 1 MiB. Send it in several requests.",
  });
});

test("a connection that ends within the body is nobody's fault here", async () => {
  const cause = new Error("aborted");
  const error = await readBody(streamed("{", cause)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ClientGone);
  expect(error).toMatchObject({ cause });
});
