import { AttemptFailure } from "../attempt-failure";

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const headerValue = /^[\t\x20-\x7e]*$/;

/** A request as text, with its encoding: in ASCII, each character is one byte. */
export type RequestText = { text: string; encoding: "latin1" | "utf8" };

/**
 * A POST as sent over the connection (RFC 9112).
 *
 * @param target.host with its port if that is not the scheme's default
 * @param target.path with the query
 * @throws AttemptFailure `signing_failed` if a header's name or value could end its line, or is not ASCII
 */
export function writeRequest(
  target: { host: string; path: string },
  headers: Record<string, string>,
  body: string,
): RequestText {
  let head = `POST ${target.path} HTTP/1.1\r\nhost: ${target.host}\r\nconnection: keep-alive\r\n`;
  for (const name in headers) {
    const value = headers[name] ?? "";
    if (!headerName.test(name) || !headerValue.test(value))
      throw new AttemptFailure(
        "signing_failed",
        `The header ${JSON.stringify(name)} cannot be sent: its name or value is not valid`,
      );
    head += `${name}: ${value}\r\n`;
  }
  // Everything before the body is ASCII: a URL's host and path, and the headers.
  const bytes = Buffer.byteLength(body);
  const text = `${head}content-length: ${bytes}\r\n\r\n${body}`;
  return { text, encoding: bytes === body.length ? "latin1" : "utf8" };
}
