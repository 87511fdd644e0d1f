import type { ApiAnswer, ApiRequest } from "./api-request";
import { ClientGone } from "./client-gone";

/** A request of Next's routes. */
export function webRequest(request: Request): ApiRequest {
  const { method, url, headers, body } = request;
  return { method, url, headers, readBytes: (bytesMax) => readBytes(body, bytesMax) };
}

/** An answer of Next's routes. */
export function webResponse({ body, ...init }: ApiAnswer): Response {
  return new Response(body, init);
}

async function readBytes(body: ReadableStream<Uint8Array> | null, bytesMax: number) {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of received(body)) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The body as it arrives. Reading it can only fail because of its connection, whatever the error. */
async function* received(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  try {
    if (body) yield* body;
  } catch (cause) {
    throw new ClientGone("the connection ended within the body", { cause });
  }
}
