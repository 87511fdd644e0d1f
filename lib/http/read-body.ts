import { parse } from "lossless-json";
import { AppError, validationFailed } from "../core/errors";
import { requestBytesMax } from "../core/events";
import { findTooDeep, jsonDepthMessage } from "../core/json-depth";
import type { ApiRequest } from "./api-request";
import { parseExactly } from "./parse-exactly";

const utf8 = new TextDecoder("utf-8", { fatal: true });

class DuplicateKey extends Error {
  constructor(readonly key: string) {
    super("duplicate key");
  }
}

function tooLarge(bytesMax: number): AppError {
  const limit =
    bytesMax < requestBytesMax
      ? `${bytesMax / 1024} KiB.`
      : `${bytesMax / 1024 / 1024} MiB. Send it in several requests.`;
  return new AppError("payload_too_large", `The body must be at most ${limit}`);
}

/**
 * Reads a request's body as JSON. Numbers that the platform would write differently become instances of the lossless
 * parser's class, so that no digit is lost. An empty body is an object without fields; `null` is not.
 *
 * @throws AppError as `readText` does, over 1 MiB; `bad_json`; `validation_failed` for a duplicate key and for too
 *   deep nesting
 * @throws ClientGone if the connection ended within the body
 */
export async function readBody(request: ApiRequest): Promise<unknown> {
  const text = await readText(request, requestBytesMax);
  if (text.trim() === "") return {};
  const exact = parseExactly(text);
  if (exact !== undefined) return exact;
  try {
    return parse(text, undefined, {
      onDuplicateKey: ({ key }) => {
        throw new DuplicateKey(key);
      },
    });
  } catch (error) {
    if (error instanceof DuplicateKey) {
      throw validationFailed([{ path: error.key, message: "is a duplicate key; keep only one" }]);
    }
    if (error instanceof RangeError) throw tooDeep(text);
    const detail = error instanceof Error ? error.message : "it cannot be parsed";
    throw new AppError("bad_json", `The body must be JSON: ${detail}.`);
  }
}

/** The lossless parser recurses and ran out of stack. The platform's does not, and tells which field it was. */
function tooDeep(text: string): AppError {
  const [field = "", index = "", inner] = findTooDeep(JSON.parse(text)) ?? [];
  const path = /^\d+$/.test(index) && inner !== undefined ? `${field}.${index}.${inner}` : field;
  return validationFailed([{ path, message: jsonDepthMessage }]);
}

/** `Content-Encoding` belongs to the body (RFC 9110 8.4), `Transfer-Encoding` to the connection (RFC 9112 7). */
function refuseCompressed(headers: ApiRequest["headers"]): void {
  for (const name of ["content-encoding", "transfer-encoding"]) {
    const codings = (headers.get(name) ?? "").toLowerCase().split(",");
    const refused = codings
      .map((coding) => coding.trim())
      .find((coding) => !/^(|identity|chunked)$/.test(coding));
    if (refused) {
      throw new AppError(
        "unsupported_media_type",
        `The body is compressed (${name}: ${refused}), which is not supported. Send it uncompressed.`,
      );
    }
  }
}

/**
 * Reads a request's body as text.
 *
 * @throws AppError `unsupported_media_type` if it is compressed, `payload_too_large`, `bad_json` if it is not UTF-8
 * @throws ClientGone if the connection ended within the body
 */
export async function readText(request: ApiRequest, bytesMax: number): Promise<string> {
  refuseCompressed(request.headers);
  if (Number(request.headers.get("content-length") ?? 0) > bytesMax) throw tooLarge(bytesMax);
  const bytes = await request.readBytes(bytesMax);
  if (bytes === null) throw tooLarge(bytesMax);
  try {
    return utf8.decode(bytes);
  } catch {
    throw new AppError("bad_json", "The body must be UTF-8.");
  }
}
