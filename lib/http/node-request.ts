import type { IncomingMessage } from "node:http";
import type { ApiRequest } from "./api-request";
import { ClientGone } from "./client-gone";
import { type Place, tooBusy } from "./gate";

/**
 * A request of a Node server.
 *
 * @param place holds the bytes of its body; without one only the reader's limit applies
 */
export function nodeRequest(request: IncomingMessage, place?: Place): ApiRequest {
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
    readBytes: (bytesMax) => readBytes(request, bytesMax, place),
  };
}

/** With event listeners: an iterator would create promises for each part, and most bodies come in one. */
function readBytes(
  request: IncomingMessage,
  bytesMax: number,
  place: Place | undefined,
): Promise<Uint8Array | null> {
  // Made only if needed: its stack trace costs as much as the rest.
  const left = () => new ClientGone("the connection ended within the body");
  // It may have ended while something else was awaited.
  if (request.destroyed) return Promise.reject(left());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const settle = () => {
      request.off("data", take).off("end", end).off("close", gone);
      // The rest is dropped.
      request.resume();
    };
    const take = (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > bytesMax) {
        settle();
        resolve(null);
      } else if (place && !place.hold(chunk.byteLength)) {
        settle();
        reject(tooBusy());
      } else chunks.push(chunk);
    };
    const end = () => {
      settle();
      resolve(chunks.length === 1 ? (chunks[0] ?? null) : Buffer.concat(chunks));
    };
    const gone = () => reject(left());
    request.on("data", take).on("end", end).on("close", gone);
    // Its "close" says the same.
    request.on("error", () => undefined);
  });
}
