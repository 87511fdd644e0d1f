import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { listen } from "../testing/listen";
import { packedAssets } from "./packed-assets";

const script = "console.log('hello');";

async function serve() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "posthorn-assets-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(path.join(folder, "chunks"));
  writeFileSync(path.join(folder, "chunks", "a.js"), script);
  writeFileSync(path.join(folder, "chunks", "a.js.br"), brotliCompressSync(script));
  writeFileSync(path.join(folder, "chunks", "plain.js"), script);
  const answers = packedAssets(folder);
  const server = http.createServer((request, response) => {
    if (!answers(request, response)) response.writeHead(404).end();
  });
  const port = await listen(server);
  return (
    asked: string,
    headers: http.OutgoingHttpHeaders = { "accept-encoding": "gzip, deflate, br" },
    method = "GET",
  ) =>
    new Promise<{ status: number; headers: http.IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
      http
        .request({ port, host: "127.0.0.1", path: asked, method, headers }, async (response) => {
          const chunks = [];
          for await (const chunk of response) chunks.push(chunk);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          });
        })
        .on("error", reject)
        .end();
    });
}

test("a built script is answered in Brotli to whoever takes it, and may be kept for good", async () => {
  const ask = await serve();
  const { status, headers, body } = await ask("/_next/static/chunks/a.js?v=1");
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    "content-type": "application/javascript; charset=UTF-8",
    "content-encoding": "br",
    "content-length": String(body.length),
    "cache-control": "public, max-age=31536000, immutable",
    vary: "Accept-Encoding",
  });
  expect(brotliDecompressSync(body).toString()).toBe(script);
  const head = await ask("/_next/static/chunks/a.js", { "accept-encoding": "br;q=0.5" }, "HEAD");
  expect([head.status, head.body.length]).toEqual([200, 0]);
});

test.each([
  ["what has no compressed file", "/_next/static/chunks/plain.js", {}],
  ["a path that leads out of the folder", "/_next/static/../static/chunks/a.js", {}],
  ["another path", "/chunks/a.js", {}],
  ["a client that takes gzip alone", "/_next/static/chunks/a.js", { "accept-encoding": "gzip" }],
  ["a client that refuses Brotli", "/_next/static/chunks/a.js", { "accept-encoding": "gzip, br;q=0" }],
  ["a part of it", "/_next/static/chunks/a.js", { range: "bytes=0-1" }],
])("%s is left to Next", async (_, asked, headers) => {
  const ask = await serve();
  expect((await ask(asked, { "accept-encoding": "br", ...headers })).status).toBe(404);
});
