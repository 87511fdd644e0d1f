import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import { AppError } from "../core/errors";
import { problemAnswer } from "./problem";

/**
 * The complete answer to what Node's parser refused, or to a method that requests a tunnel, as bytes for the socket:
 * a problem document, after which the connection is closed.
 *
 * @param code of the parser's error, or `CONNECT`
 */
export function refuseConnection(code: string | undefined): string {
  const { status, headers, body } = problemAnswer(errorOf(code), randomUUID());
  const text = body ?? "";
  const lines = Object.entries({
    ...headers,
    date: new Date().toUTCString(),
    "content-length": String(Buffer.byteLength(text)),
    connection: "close",
  }).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", text].join("\r\n");
}

function errorOf(code: string | undefined): AppError {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return new AppError(
        "headers_too_large",
        "The request line and headers must be at most 16 KiB together.",
      );
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new AppError("request_timeout", "The request did not arrive in time.");
    case "CONNECT":
      return new AppError("method_not_allowed", "Posthorn is not a proxy.", { allow: [] });
    default:
      return new AppError("bad_request", "The request is not well-formed HTTP/1.1 (RFC 9112).");
  }
}
