import { parse } from "lossless-json";
import { AppError, validationFailed } from "../errors";
import { requestBytesMax } from "../events/constants";
import { ClientGone } from "./client-gone";
import { findTooDeep, jsonDepthMessage } from "./json-depth";

class DuplicateKey extends Error {
  constructor(readonly key: string) {
    super("duplicate key");
  }
}

const tooLarge = () =>
  new AppError(
    "payload_too_large",
    `The body must be at most ${requestBytesMax / 1024 / 1024} MiB. Send it in parts.`,
  );

/**
 * Reads a request's body as JSON. Numbers become instances of the lossless parser's class, so that none loses a
 * digit; an empty body is `undefined`.
 *
 * @throws AppError `payload_too_large` over 1 MiB, `bad_json`, `validation_failed` for a key that stands twice and for
 *   what is nested too deeply
 * @throws ClientGone where the connection ended within the body
 */
export async function readBody(request: Request): Promise<unknown> {
  const text = await readText(request);
  if (text.trim() === "") return undefined;
  try {
    return parse(text, undefined, {
      onDuplicateKey: ({ key }) => {
        throw new DuplicateKey(key);
      },
    });
  } catch (error) {
    if (error instanceof DuplicateKey) {
      throw validationFailed([{ path: error.key, message: "stands twice in one object; keep one of them" }]);
    }
    if (error instanceof RangeError) throw tooDeep(text);
    const detail = error instanceof Error ? error.message : "it cannot be read";
    throw new AppError("bad_json", `The body must be JSON: ${detail}.`);
  }
}

/** The lossless parser recurses, and ran out of stack; the platform's does not, and tells which field it was. */
function tooDeep(text: string): AppError {
  const [field = "", index = "", inner] = findTooDeep(JSON.parse(text)) ?? [];
  const path = /^\d+$/.test(index) && inner !== undefined ? `${field}.${index}.${inner}` : field;
  return validationFailed([{ path, message: jsonDepthMessage }]);
}

async function readText(request: Request): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > requestBytesMax) throw tooLarge();
  if (!request.body) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of received(request.body)) {
    bytes += chunk.byteLength;
    if (bytes > requestBytesMax) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new AppError("bad_json", "The body must be UTF-8.");
  }
}

/** A body as it comes in. It can only fail by its connection, whatever the error that says so. */
async function* received(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    throw new ClientGone("the connection ended within the body", { cause });
  }
}
