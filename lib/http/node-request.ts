import type { IncomingMessage } from "node:http";
import type { ApiRequest } from "./api-request";
import { ClientGone } from "./client-gone";

/** A request as a Node server has it. */
export function nodeRequest(request: IncomingMessage): ApiRequest {
  const { method = "", url = "", headers } = request;
  return {
    method,
    url,
    headers: {
      get: (name) => {
        const value = headers[name];
        return value === undefined ? null : String(value);
      },
    },
    readBytes: (bytesMax) => readBytes(request, bytesMax),
  };
}

/** By events: an iterator would make promises for each part, and most bodies come in one. */
function readBytes(request: IncomingMessage, bytesMax: number): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const settle = (result: Uint8Array | null) => {
      request.off("data", take).off("end", end).off("close", gone);
      resolve(result);
    };
    const take = (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes <= bytesMax) chunks.push(chunk);
      else settle(null);
    };
    const [end, gone] = [
      () => settle(chunks.length === 1 ? (chunks[0] ?? null) : Buffer.concat(chunks)),
      () => reject(new ClientGone("the connection ended within the body")),
    ];
    request.on("data", take).on("end", end).on("close", gone);
    // Its "close" says the same.
    request.on("error", () => undefined);
  });
}
